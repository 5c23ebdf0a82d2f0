import { enrolTerminal, type Identity, IdentityFile, TerminalIdentity } from '@hymio/device';
import { HymioError, type Random } from '@hymio/protocol';
import { drawBetween } from '../../random/draw.js';
import { drawUuid } from '../draw-uuid.js';
import { type BootClock, MachineBoot } from '../machine-clock.js';
import { processTimer, SimulatedProcess } from '../simulated-process.js';
import { GATEWAY } from './identity-gateway.js';
import { IdentityWatch } from './identity-watch.js';
import { IdentityWire } from './identity-wire.js';
import type { IdentityWorld } from './identity-world.js';
import { SimulatedFiles } from './simulated-files.js';

const FOLDER = 'terminal-data';
const IDENTITY = `${FOLDER}/identity.json`;
const PENDING = `${FOLDER}/identity-new.pem`;
const RESTART_MS = 2_000;
const HOUR_MS = 3_600_000;

/** How an enrolment ended: with a certificate, by an error, or with the process that tried. */
export type EnrolmentEnd = 'enrolled' | 'died' | { error: string };

/** A terminal's computer as far as its identity goes: card, clock, network, firmware, and the installer's command. */
export class IdentityMachine {
  readonly id: string;
  readonly name: string;
  readonly files = new SimulatedFiles();
  readonly #world: IdentityWorld;
  readonly #random: Random;
  readonly #watch: IdentityWatch;
  plugged = true;
  answersArrive = true;
  #boot: MachineBoot | undefined;
  #firmware: SimulatedProcess | undefined;
  #installer: SimulatedProcess | undefined;
  /** The next death of a process is the power's. */
  #powerGoes = false;
  /** A process ended between two effects, so that what is on the disk may be behind what is seen. */
  #cutShort = false;

  constructor(world: IdentityWorld, id: string, name: string) {
    this.#world = world;
    this.id = id;
    this.name = name;
    this.#random = world.random(name);
    this.#watch = new IdentityWatch(world, name, this.files, IDENTITY);
  }

  get on(): boolean {
    return this.#boot !== undefined;
  }

  powerOn(clock: BootClock = { kind: 'right' }): void {
    if (this.on) return;
    const { scheduler, trace } = this.#world;
    this.#boot = new MachineBoot(scheduler, drawUuid(this.#random), clock);
    this.#cutShort = false;
    trace.note(`${this.name} boots`);
    this.#startFirmware();
  }

  powerOff(): void {
    if (!this.on) return;
    this.#boot = undefined;
    this.#powerGoes = false;
    this.#firmware?.kill();
    this.#installer?.kill();
    this.files.losePower(this.#random);
    this.#world.trace.note(`${this.name} loses power: ${this.state()}`);
    this.#watch.look();
  }

  /** Dies at the n-th effect from now: the firmware, or the installer's command where there is one. */
  dieAfter(points: number): void {
    (this.#installer ?? this.#firmware)?.dieAfter(points);
  }

  /** As `dieAfter`, by the power. */
  cutAfter(points: number): void {
    this.#powerGoes = true;
    this.dieAfter(points);
  }

  /** Deaths to come are called off. */
  heal(): void {
    this.#powerGoes = false;
    this.#installer?.dieAfter(Number.POSITIVE_INFINITY);
    this.#firmware?.dieAfter(Number.POSITIVE_INFINITY);
    this.plugged = true;
    this.answersArrive = true;
  }

  /** The identity as it is seen now; undefined where there is none. */
  held(): Identity | undefined {
    try {
      return new IdentityFile(FOLDER, this.files).read();
    } catch (error) {
      if (!(error instanceof HymioError)) throw error;
      this.#world.verdict.fail('identity-unreadable', `${this.name}: ${error.message}`);
      return undefined;
    }
  }

  /** The serial of its certificate, as the gateway writes it. */
  serial(): string | undefined {
    const held = this.held();
    return held && this.#world.certificates.serial(held.certificate);
  }

  /** In few words, for the table of transitions. */
  state(): string {
    const waits = this.files.read(PENDING) === undefined ? '' : ', a key waits';
    return `${this.files.read(IDENTITY) === undefined ? 'none' : 'held'}${waits}`;
  }

  /** The installer types a code. `done` is called once. */
  enrol(code: string, done: (end: EnrolmentEnd) => void): void {
    const { scheduler } = this.#world;
    if (!this.on || this.#installer !== undefined) {
      done('died');
      return;
    }
    let told = false;
    const before = this.state();
    const end = (how: EnrolmentEnd): void => {
      if (told) return;
      told = true;
      this.#note(
        before,
        `enrolment ${typeof how === 'object' ? `fails as ${how.error}` : how === 'died' ? 'dies' : 'ends'}`,
      );
      done(how);
    };
    const process = new SimulatedProcess(() => {
      this.#installer = undefined;
      this.#cutShort = true;
      end('died');
      this.#afterDeath();
    });
    this.#installer = process;
    enrolTerminal(this.id, this.#file(process), { gateway: GATEWAY, code }, this.#wire(process))
      .then(
        () => (process.alive ? 'enrolled' : 'died'),
        (error: unknown) => this.#failed(error, process),
      )
      .then((how) => {
        if (this.#installer === process) this.#installer = undefined;
        end(how);
      });
    scheduler.promisesWait();
  }

  #failed(error: unknown, process: SimulatedProcess): EnrolmentEnd {
    if (!process.alive) return 'died';
    if (error instanceof HymioError) return { error: error.code };
    this.#world.verdict.fail('enrolment-threw', error instanceof Error ? (error.stack ?? '') : String(error));
    return { error: 'internal' };
  }

  #startFirmware(): void {
    const boot = this.#boot;
    if (boot === undefined) return;
    const { scheduler, verdict } = this.#world;
    const process = new SimulatedProcess(() => {
      if (this.#firmware !== process) return;
      this.#firmware = undefined;
      this.#cutShort = true;
      this.#world.trace.note(`${this.name} firmware ends`);
      this.#afterDeath();
      scheduler.after(RESTART_MS, () => {
        if (this.#boot === boot && this.#firmware === undefined) this.#startFirmware();
      });
    });
    this.#firmware = process;
    let asked: string | undefined;
    const identity = new TerminalIdentity({
      terminal: this.id,
      file: this.#file(process),
      clock: boot.forProcess(process),
      random: this.#random,
      wire: this.#wire(process, () => {
        asked = this.state();
      }),
      log: {
        info: () => this.#renewalEnded(process, asked, 'renewal ends'),
        warn: (_, fields) => this.#renewalEnded(process, asked, `renewal fails as ${codeIn(fields)}`),
        error: () => undefined,
      },
    });
    identity.start((code, detail) => {
      if (code === 'identity-unreadable' && detail !== undefined) verdict.fail(code, `${this.name}: ${detail}`);
    });
    this.#knockNow(process, identity);
  }

  /** Every hour or two the terminal connects to the broker. */
  #knockNow(process: SimulatedProcess, identity: TerminalIdentity): void {
    const { scheduler } = this.#world;
    const next = (): void => {
      processTimer(scheduler, process)(drawBetween(this.#random, 0.2, 2) * HOUR_MS, () => {
        const tls = this.plugged ? identity.tls() : undefined;
        if (tls !== undefined) this.#watch.knock(tls.cert, this.#cutShort);
        next();
      });
    };
    next();
  }

  #renewalEnded(process: SimulatedProcess, asked: string | undefined, event: string): void {
    if (process.alive && asked !== undefined) this.#note(asked, event);
  }

  #note(before: string, what: string): void {
    this.#watch.look();
    this.#world.trace.note(`${this.name}: ${what}`);
    this.#world.reached.note('identity', `${before}, ${what} → ${this.state()}`);
  }

  #afterDeath(): void {
    if (this.#powerGoes) this.powerOff();
  }

  #file(process: SimulatedProcess): IdentityFile {
    const files = this.files.forProcess(process);
    return new IdentityFile(FOLDER, this.#world.tampering.files?.(files) ?? files);
  }

  #wire(process: SimulatedProcess, onPost?: () => void) {
    const { scheduler, plan, gateway, tampering, certificates } = this.#world;
    const boot = this.#boot;
    const wire = new IdentityWire({
      ...{ end: gateway, certificates, scheduler, random: this.#random, delayMs: plan.delayMs, from: this.name },
      wall: () => boot?.wall() ?? 0,
      plugged: () => this.plugged,
      answersArrive: () => this.answersArrive,
      onPost: (url) => {
        if (!process.alive) return 0;
        onPost?.();
        this.#world.trace.note(`${this.name} asks ${new URL(url).pathname}`);
        return this.#world.overRequest(this, url.endsWith('/renewals') ? 'renewal' : 'enrolment');
      },
    });
    return tampering.wire?.(wire) ?? wire;
  }
}

/** The code in what a log line says of an error. */
function codeIn(fields: object | undefined): string {
  const told = fields !== undefined && 'error' in fields ? String(fields.error) : '';
  return /\[([a-z-]+)\]/.exec(told)?.[1] ?? 'internal';
}
