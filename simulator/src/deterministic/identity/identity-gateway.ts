import { X509Certificate } from 'node:crypto';
import {
  type Actor,
  answerEnrolment,
  type EnrolmentAnswer,
  EnrolmentDesk,
  type EnrolmentRequest,
  type Identity,
  IdentityDatabase,
  type KeptAuthority,
  openIdentity,
} from '@hymio/gateway';
import { type Clock, HymioError, type Random } from '@hymio/protocol';
import { drawInteger } from '../../random/draw.js';
import { processTimer, SimulatedProcess } from '../simulated-process.js';
import type { IdentityWorld } from './identity-world.js';
import { simulatedIdentityStore } from './simulated-identity-store.js';

/** How long after its end a certificate may still be exchanged, days. */
export const GRACE_DAYS = 30;
/** As terminals and people call it. */
export const GATEWAY = 'https://gateway:8443';
const NAMES = ['gateway'];
const NEWEST_BACKUPS = 8;

interface Running {
  process: SimulatedProcess;
  /** Absent until it is opened. */
  identity?: Identity & { desk: EnrolmentDesk; shown: X509Certificate };
}
type Backup = { image: Buffer; books: ReturnType<IdentityWorld['account']['copy']>; takenAt: number };

/** The gateway's machine as far as identities go: the real authority, grants, desk and store, as a process that can die. */
export class IdentityGateway {
  readonly #world: IdentityWorld;
  readonly #backups: Backup[] = [];
  readonly #random: Random;
  #database = new IdentityDatabase();
  /** Not in a backup of the store. */
  #authority: string | undefined;
  #running: Running | undefined;
  /** So many calls of the store from now, one fails. */
  #callsToFailure = Number.POSITIVE_INFINITY;

  constructor(world: IdentityWorld) {
    this.#world = world;
    this.#random = world.random('gateway');
  }

  /** The certificate (its own, then the authority's) that it shows; undefined while nobody answers. */
  shown(): { own: X509Certificate; authority: X509Certificate } | undefined {
    const identity = this.#running?.identity;
    return identity && { own: identity.shown, authority: this.#world.certificates.of(identity.authority.pem) };
  }

  start(): void {
    if (this.#running !== undefined) return;
    const { trace, work, scheduler, verdict } = this.#world;
    trace.note('gateway starts');
    const running: Running = { process: new SimulatedProcess(() => this.#died()) };
    this.#running = running;
    work
      .during(() => this.#open(running))
      .catch((error: unknown) => {
        // As the program: it cannot start, ends, and is started again.
        if (!(error instanceof HymioError)) verdict.fail('gateway-threw', describe(error));
        running.process.kill();
      });
    scheduler.promisesWait();
  }

  kill(): void {
    this.#running?.process.kill();
  }

  /** Dies at the n-th effect from now. */
  dieAfter(points: number): void {
    this.#running?.process.dieAfter(points);
  }

  /** Ended for good until the next start. */
  switchOff(): void {
    const running = this.#running;
    // What dies after this is not started again.
    this.#running = undefined;
    running?.process.kill();
  }

  failCall(after: number): void {
    this.#callsToFailure = after;
  }

  takeBackup(): void {
    const { account, scheduler, trace } = this.#world;
    this.#backups.push({ image: this.#database.image(), books: account.copy(), takenAt: scheduler.now() });
    if (this.#backups.length > NEWEST_BACKUPS) this.#backups.shift();
    trace.note('backup');
  }

  /** Puts an earlier backup in the place of the store; says how old it is, ms. */
  restore(): number | undefined {
    const index = this.#backups.length === 0 ? -1 : drawInteger(this.#random, 0, this.#backups.length - 1);
    const backup = this.#backups[index];
    if (backup === undefined) return undefined;
    this.switchOff();
    // The backups made later are of a past that is no more.
    this.#backups.length = index + 1;
    this.#database.close();
    this.#database = new IdentityDatabase(backup.image);
    this.#world.account.goBack(backup.books);
    return this.#world.scheduler.now() - backup.takenAt;
  }

  /** What is stored, read past the process. */
  get stored(): IdentityDatabase['store'] {
    return this.#database.store;
  }

  /** What came over TLS; `answered` is called unless the process dies over it. */
  receive(request: EnrolmentRequest, answered: (answer: EnrolmentAnswer) => void): void {
    const running = this.#running;
    const identity = running?.identity;
    if (running === undefined || identity === undefined || !running.process.survives()) return;
    const { work, scheduler, tampering } = this.#world;
    const log = this.#log(running.process);
    const answer = () => answerEnrolment(request, { identities: identity.identities, log });
    void work
      .during(() => tampering.answering?.(answer) ?? answer())
      .then((given) => {
        if (running.process.survives()) answered(given);
        scheduler.promisesWait();
      });
    scheduler.promisesWait();
  }

  /** Whether the broker takes a terminal with this certificate; undefined while it takes nobody. */
  accepts(pem: string): boolean | undefined {
    const identity = this.#running?.identity;
    if (identity === undefined) return undefined;
    const { certificates, scheduler } = this.#world;
    const certificate = certificates.of(pem);
    const now = scheduler.now();
    const inTime = Date.parse(certificate.validFrom) <= now && now <= Date.parse(certificate.validTo);
    const issued = certificates.isIssued(certificate, certificates.of(identity.authority.pem));
    return inTime && issued && !this.#isRevoked(identity, certificate);
  }

  /** What an administrator does at the desk; ends with the code of an error where that fails. */
  act<T>(act: (desk: EnrolmentDesk, by: Actor) => Promise<T>, done: (outcome: T | { error: string }) => void): void {
    const { work, scheduler } = this.#world;
    const running = this.#running;
    const desk = running?.identity?.desk;
    if (running === undefined || desk === undefined) {
      done({ error: 'gateway-down' });
      return;
    }
    let told = false;
    const tell = (outcome: T | { error: string }): void => {
      if (told) return;
      told = true;
      done(outcome);
      scheduler.promisesWait();
    };
    const by = { who: 'Aino', at: scheduler.now() };
    work
      .during(() => act(desk, by))
      .then(tell, (error: unknown) => tell({ error: error instanceof HymioError ? error.code : 'internal' }));
    // A process that dies over it says nothing.
    scheduler.after(60_000, () => tell({ error: 'no-answer' }));
    scheduler.promisesWait();
  }

  async #open(running: Running): Promise<void> {
    const { scheduler, tampering, account, plan, work } = this.#world;
    const { process } = running;
    const clock: Clock = {
      now: () => scheduler.now(),
      monotonic: () => scheduler.now(),
      after: processTimer(scheduler, process),
    };
    const simulated = simulatedIdentityStore({
      ...{ store: this.#database.store, account, scheduler, process, work },
      random: this.#random,
      callMs: plan.callMs,
      failure: () => this.#failure(),
    });
    const identity = await openIdentity({
      config: { names: NAMES, graceDays: GRACE_DAYS },
      data: this.#kept(process),
      store: tampering.store?.(simulated) ?? simulated,
      clock,
      log: this.#log(process),
    });
    const { authority, identities } = identity;
    const { certificate } = await authority.serverCertificate(NAMES, scheduler.now());
    if (!process.alive) return;
    const desk = new EnrolmentDesk({
      ...{ identities, authority: authority.raw, address: GATEWAY },
      random: (bytes) => Uint8Array.from({ length: bytes }, () => drawInteger(this.#random, 0, 255)),
    });
    running.identity = { ...identity, desk, shown: new X509Certificate(certificate) };
    this.#world.trace.note('gateway is open');
  }

  #kept(process: SimulatedProcess): KeptAuthority {
    return {
      path: 'authority.pem',
      read: () => this.#authority,
      create: (pem) => {
        process.point();
        this.#authority ??= pem;
        process.point();
        return this.#authority === pem;
      },
    };
  }

  #isRevoked({ identities }: Identity, certificate: X509Certificate): boolean {
    const sound = identities.isRevoked(certificate);
    return this.#world.tampering.isRevoked?.(sound) ?? sound;
  }

  #failure(): Error | undefined {
    this.#callsToFailure -= 1;
    if (this.#callsToFailure >= 0) return undefined;
    this.#callsToFailure = Number.POSITIVE_INFINITY;
    return new HymioError('store-full', 'The simulated disk is full.', 'End the simulated fault.');
  }

  #log(process: SimulatedProcess) {
    const say = (text: string, fields: object = {}): void => {
      const code = 'code' in fields ? ` ${fields.code}` : '';
      if (process.alive) this.#world.trace.note(`gateway says: ${text}${code}`);
    };
    return { debug: say, info: say, warn: say, error: say };
  }

  #died(): void {
    if (this.#running === undefined) return;
    this.#running = undefined;
    const { trace, scheduler } = this.#world;
    trace.note('gateway dies');
    scheduler.after(drawInteger(this.#random, 500, 60_000), () => this.start());
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
