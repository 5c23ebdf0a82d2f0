import { type Publication, type SettingsShelf, Terminal, VirtualPanel } from '@hymio/device';
import { type ConfigMessage, HymioError, type Random, type Rating } from '@hymio/protocol';
import { drawBetween, drawInteger } from '../random/draw.js';
import { BrokerTransport, LATEST_NOTICE_MS } from './broker-transport.js';
import { copyDisk, emptyDisk, loseNewest, type MemoryDisk } from './card.js';
import type { Connection, Route } from './connection.js';
import { drawBoot } from './draw-boot.js';
import type { MachineBoot } from './machine-clock.js';
import { openSimulatedJournal } from './open-simulated-journal.js';
import type { ClockHabit } from './plan.js';
import { poison } from './poison.js';
import { ProcessDied, SimulatedProcess } from './simulated-process.js';
import type { World } from './world.js';

/** The firmware refuses a clock before it; the simulated world begins later. */
export const SIMULATED_BUILT_AT = Date.UTC(2026, 10, 1);
/** A supervisor starts the firmware again after this long. */
const RESTART_MS = 2_000;

interface Firmware {
  process: SimulatedProcess;
  terminal: Terminal;
  panel: VirtualPanel;
  transport: BrokerTransport;
}
type MachineState =
  | { kind: 'off' }
  | { kind: 'booted'; boot: MachineBoot }
  | ({ kind: 'running'; boot: MachineBoot } & Firmware);

/** A computer with four buttons: its card, its clocks, its network, and the real firmware as a process that can die. */
export class Machine {
  readonly id: string;
  /** Tells two machines with one id apart. */
  readonly name: string;
  readonly clock: ClockHabit;
  readonly route: Route;
  readonly #world: World;
  readonly #random: Random;
  readonly #firmwareRandom: Random;
  disk: MemoryDisk = emptyDisk();
  #state: MachineState = { kind: 'off' };
  #settings: ConfigMessage | undefined;
  #retired = false;

  constructor(world: World, id: string, name: string, clock: ClockHabit) {
    this.#world = world;
    this.id = id;
    this.name = name;
    this.clock = clock;
    this.#random = world.random(name);
    this.#firmwareRandom = world.random(name, 'firmware');
    const delayMs = (): number => drawBetween(this.#random, 0, world.plan.delayMs);
    this.route = { delayMs, unplugged: false, upBlocked: false, downBlocked: false };
  }

  get running(): boolean {
    return this.#state.kind === 'running';
  }

  powerOn(): void {
    if (this.#state.kind !== 'off' || this.#retired) return;
    const boot = drawBoot(this.#world, this.#random, this.clock);
    this.#state = { kind: 'booted', boot };
    this.#startFirmware();
  }

  /** Without warning. `silent`: the broker finds out late. */
  powerOff(): void {
    const state = this.#state;
    if (state.kind === 'running') state.process.kill();
    this.#state = { kind: 'off' };
    const { plan, trace } = this.#world;
    const lost = loseNewest(this.disk, drawInteger(this.#random, 0, plan.lyingCard));
    trace.note(`${this.name} loses power${lost > 0 ? ` and its ${lost} newest presses` : ''}`);
  }

  /** Never to be powered on again; its card is thrown away. */
  retire(): void {
    this.powerOff();
    this.#retired = true;
    this.disk = emptyDisk();
  }

  /** While set, nothing can be written to the card. */
  failDisk(failure: MemoryDisk['failure']): void {
    if (failure === undefined) delete this.disk.failure;
    else this.disk.failure = failure;
  }

  killFirmware(afterPoints: number): void {
    if (this.#state.kind === 'running') this.#state.process.dieAfter(afterPoints);
  }

  /** Stops in good order; the supervisor starts it again. */
  stopFirmware(): void {
    const state = this.#state;
    if (state.kind !== 'running') return;
    const { scheduler, trace, verdict } = this.#world;
    trace.note(`${this.name} stops`);
    state.terminal
      .stop()
      .catch((error: unknown) => {
        if (!(error instanceof HymioError || error instanceof ProcessDied))
          verdict.fail('terminal-threw', trouble(error));
      })
      .finally(() => state.process.kill());
    scheduler.promisesWait();
  }

  /** Someone pushes a button. */
  press(rating: Rating): void {
    const state = this.#state;
    if (state.kind !== 'running') return;
    const { verdict, trace, ledger } = this.#world;
    state.process.run(() => {
      const outcome = state.panel.press(rating);
      // A press that the process died over was never answered.
      if (!state.process.alive) return;
      if (!outcome.kept) {
        trace.note(`${this.name} not kept ${rating}: ${outcome.code}`);
        verdict.check(outcome.code !== 'internal', 'terminal-threw', () => `${this.name}: press ended as internal`);
        return;
      }
      const { epoch, seq } = outcome;
      trace.note(`${this.name} kept ${epoch.slice(0, 8)} ${seq}: ${rating}`);
      const entry = ledger.find(epoch, seq);
      const known = this.disk.epochs.find((candidate) => candidate.epoch === epoch);
      const onDisk = known?.presses[seq - known.oldestSeq];
      const durable = entry?.rating === rating && onDisk?.rating === rating;
      verdict.check(durable, 'kept-but-not-durable', () => `${this.name} ${epoch} ${seq}`);
      if (entry) entry.thanked = true;
    });
  }

  connection(): Connection | undefined {
    return this.#state.kind === 'running' ? this.#state.transport.connection() : undefined;
  }

  stepClock(byMs: number): void {
    if (this.#state.kind !== 'off') this.#state.boot.step(byMs);
  }

  takeImage(): MemoryDisk {
    return copyDisk(this.disk);
  }

  /** Presses that this terminal does not know to be acknowledged; undefined while it does not run. */
  pending(): number | undefined {
    return this.#state.kind === 'running' ? this.#state.terminal.status()?.pending : undefined;
  }

  #startFirmware(): void {
    const state = this.#state;
    if (state.kind !== 'booted') return;
    const { boot } = state;
    const { trace } = this.#world;
    const process = new SimulatedProcess(() => this.#died(process));
    const clock = boot.forProcess(process);
    const panel = new VirtualPanel();
    const transport = new BrokerTransport({
      terminal: this.id,
      broker: this.#world.broker,
      route: this.route,
      clock,
      random: this.#firmwareRandom,
      process,
      onPublish: (publication) => this.#publishing(publication),
    });
    const terminal = new Terminal({
      clock,
      random: this.#firmwareRandom,
      panel,
      transport: this.#world.tampering.transport?.(transport) ?? transport,
      settings: this.#shelf(),
      log: this.#log(process),
      hardware: () => ({}),
      openJournal: () => openSimulatedJournal(this.#world, this, process, boot),
      firmware: '0.0.0-simulated',
      builtAt: SIMULATED_BUILT_AT,
      heartbeatMs: this.#world.plan.heartbeatMs,
    });
    this.#state = { kind: 'running', boot, process, terminal, panel, transport };
    trace.note(`${this.name} starts, boot ${boot.bootId.slice(0, 8)}`);
    this.#begin(process, terminal);
  }

  #begin(process: SimulatedProcess, terminal: Terminal): void {
    process.run(() => {
      try {
        terminal.start();
      } catch (error) {
        if (!(error instanceof HymioError)) throw error;
        this.#world.trace.note(`${this.name} cannot start: ${error.code}`);
        process.kill();
      }
    });
  }

  #died(process: SimulatedProcess): void {
    const state = this.#state;
    if (state.kind !== 'running' || state.process !== process) return;
    this.#world.trace.note(`${this.name} firmware ends`);
    state.transport.die(drawBetween(this.#random, 0, LATEST_NOTICE_MS));
    const { boot } = state;
    this.#state = { kind: 'booted', boot };
    this.#world.scheduler.after(RESTART_MS, () => {
      if (this.#state.kind === 'booted' && this.#state.boot === boot) this.#startFirmware();
    });
  }

  #publishing(publication: Publication): Publication {
    const { tampering, trace } = this.#world;
    const { kind, payload } = tampering.publication?.(publication) ?? publication;
    trace.note(`${this.name} sends ${kind} ${payload.slice(0, 120)}`);
    return kind === 'presses' ? { kind, payload: poison(payload, this.#world.ledger) } : { kind, payload };
  }

  #shelf(): SettingsShelf {
    return {
      load: () => this.#settings,
      save: (settings) => {
        this.#settings = settings;
      },
    };
  }

  #log(process: SimulatedProcess): { info: Note; warn: Note; error: Note } {
    const note: Note = (event, fields) => {
      if (process.alive) this.#world.trace.note(`${this.name}: ${event} ${JSON.stringify(fields ?? {})}`);
    };
    return { info: note, warn: note, error: note };
  }
}

type Note = (event: string, fields?: Record<string, unknown>) => void;

function trouble(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
