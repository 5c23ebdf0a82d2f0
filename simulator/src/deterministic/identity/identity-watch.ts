import type { Identity } from '@hymio/device';
import type { IdentityWorld } from './identity-world.js';
import type { SimulatedFiles } from './simulated-files.js';

/** To enrol takes three calls of the store, each with a while before it and after it. */
const CALLS_OF_A_REVOCATION = 6;

/** Looks at what a terminal has on its disk and what it shows, and at what the gateway makes of that. */
export class IdentityWatch {
  readonly #world: IdentityWorld;
  readonly #name: string;
  readonly #onDisk: () => string | undefined;
  /** What was on the disk when it was last looked at. */
  #kept: Identity | undefined;

  /** `file`: of the identity, among `files`. */
  constructor(world: IdentityWorld, name: string, files: SimulatedFiles, file: string) {
    this.#world = world;
    this.#name = name;
    this.#onDisk = () => files.onDisk(file);
  }

  /** Once there is an identity on the disk there always is one, and what takes its place is no worse. */
  look(): void {
    const { verdict, account, certificates } = this.#world;
    const before = this.#kept;
    const now = this.#usable(this.#onDisk());
    verdict.check(before === undefined || now !== undefined, 'identity-lost', () => this.#name);
    this.#kept = now ?? before;
    if (before === undefined || now === undefined || now.certificate === before.certificate) return;
    const [old, fresh] = [certificates.serial(before.certificate), certificates.serial(now.certificate)];
    verdict.check(account.ever(fresh) !== undefined, 'used-though-never-stored', () => `${this.#name}: ${fresh}`);
    const worse = account.holds(old) && !account.holds(fresh);
    verdict.check(!worse, 'identity-made-worse', () => `${this.#name}: ${old} holds, ${fresh} does not`);
  }

  /** The terminal comes to the broker with a certificate. `cutShort`: its disk may be behind what it sees. */
  knock(pem: string, cutShort: boolean): void {
    const { gateway, account, verdict, scheduler, reached, certificates, trace, plan } = this.#world;
    const accepted = gateway.accepts(pem);
    if (accepted === undefined) return;
    const serial = certificates.serial(pem);
    const name = `${this.#name} with ${serial.slice(0, 8)}`;
    const held = account.holds(serial);
    // Without the serial, which is another one in every run.
    if (accepted !== held) trace.note(`${this.#name} is ${accepted ? 'let in' : 'turned away'}`);
    const ended = Date.parse(certificates.of(pem).validTo) < scheduler.now();
    const worth = held ? (ended ? 'ended' : 'valid') : 'revoked';
    reached.note('certificate', `${worth}, shown → ${accepted ? 'let in' : 'turned away'}`);
    verdict.check(account.ever(serial) !== undefined, 'used-though-never-stored', () => name);
    // Before whoever shut it out, or enrolled another, was told that it is done.
    const justNow = scheduler.now() - account.takenAt(serial) <= CALLS_OF_A_REVOCATION * plan.callMs + 100;
    verdict.check(!accepted || held || justNow, 'shut-out-let-in', () => name);
    verdict.check(accepted || !held || ended, 'good-terminal-refused', () => name);
    this.look();
    verdict.check(cutShort || this.#kept?.certificate === pem, 'used-before-it-is-kept', () => name);
  }

  /** What a terminal could show, where the content of its file is whole. */
  #usable(content: string | undefined): Identity | undefined {
    if (content === undefined) return undefined;
    const identity = parse(content);
    const whole = identity !== undefined && this.#world.certificates.pairs(identity);
    this.#world.verdict.check(whole, 'identity-broken', () => `${this.#name}: ${content.length} characters`);
    return whole ? identity : undefined;
  }
}

function parse(content: string): Identity | undefined {
  try {
    return JSON.parse(content) as Identity;
  } catch {
    return undefined;
  }
}
