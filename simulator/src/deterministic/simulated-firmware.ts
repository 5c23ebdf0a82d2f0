import { type Publication, stepUplink, Terminal, VirtualPanel } from '@hymio/device';
import { HymioError, type Random, type Rating } from '@hymio/protocol';
import { BrokerTransport } from './broker-transport.js';
import type { Connection } from './connection.js';
import type { Machine } from './machine.js';
import type { MachineBoot } from './machine-clock.js';
import { countUplinkSteps } from './name-uplink-step.js';
import { openSimulatedJournal } from './open-simulated-journal.js';
import { poison } from './poison.js';
import { ProcessDied, SimulatedProcess } from './simulated-process.js';
import type { World } from './world.js';

/** The firmware refuses a clock before it; the simulated world begins later. */
const BUILT_AT = Date.UTC(2026, 10, 1);
/** So much of a payload is shown. */
const SHOWN = 120;

export interface FirmwareParts {
  world: World;
  machine: Machine;
  boot: MachineBoot;
  random: Random;
  onDeath: () => void;
}

/** The real firmware as one process of a machine. */
export class SimulatedFirmware {
  readonly #world: World;
  readonly #machine: Machine;
  readonly #process: SimulatedProcess;
  readonly #panel = new VirtualPanel();
  readonly #transport: BrokerTransport;
  readonly #terminal: Terminal;

  constructor({ world, machine, boot, random, onDeath }: FirmwareParts) {
    this.#world = world;
    this.#machine = machine;
    this.#process = new SimulatedProcess(onDeath);
    const clock = boot.forProcess(this.#process);
    this.#transport = new BrokerTransport({
      terminal: machine.id,
      broker: world.broker,
      route: machine.route,
      clock,
      random,
      process: this.#process,
      onPublish: (publication) => this.#publishing(publication),
    });
    const note = (event: string, fields?: Record<string, unknown>): void => {
      if (this.#process.alive) world.trace.note(`${machine.name}: ${event} ${JSON.stringify(fields ?? {})}`);
    };
    this.#terminal = new Terminal({
      clock,
      random,
      panel: this.#panel,
      transport: world.tampering.transport?.(this.#transport) ?? this.#transport,
      settings: machine.shelf,
      log: { info: note, warn: note, error: note },
      hardware: () => ({}),
      openJournal: () => openSimulatedJournal(world, machine, this.#process, boot),
      firmware: '0.0.0-simulated',
      builtAt: BUILT_AT,
      heartbeatMs: world.plan.heartbeatMs,
      stepUplink: countUplinkSteps(world.tampering.stepUplink?.(stepUplink) ?? stepUplink, world.reached),
    });
  }

  /** Takes presses, or dies at once where the journal cannot be opened. */
  start(): void {
    this.#process.run(() => {
      try {
        this.#terminal.start();
      } catch (error) {
        if (!(error instanceof HymioError)) throw error;
        this.#world.trace.note(`${this.#machine.name} cannot start: ${error.code}`);
        this.#process.kill();
      }
    });
  }

  /** Ends in good order. */
  stop(): void {
    const { scheduler, verdict } = this.#world;
    this.#terminal
      .stop()
      .catch((error: unknown) => {
        if (error instanceof HymioError || error instanceof ProcessDied) return;
        verdict.fail('terminal-threw', error instanceof Error ? (error.stack ?? error.message) : String(error));
      })
      .finally(() => this.#process.kill());
    scheduler.promisesWait();
  }

  kill(): void {
    this.#process.kill();
  }

  /** Dies at the n-th effect from now. */
  dieAfter(points: number): void {
    this.#process.dieAfter(points);
  }

  /** To be told at its death: the broker finds out after `noticeMs`. */
  disappear(noticeMs: number): void {
    this.#transport.die(noticeMs);
  }

  connection(): Connection | undefined {
    return this.#transport.connection();
  }

  /** Presses that the terminal does not know to be acknowledged. */
  pending(): number | undefined {
    return this.#terminal.status()?.pending;
  }

  /** Someone pushes a button. A push that the process dies over is never answered. */
  press(rating: Rating): void {
    const { trace, verdict } = this.#world;
    const { name } = this.#machine;
    this.#process.run(() => {
      const outcome = this.#panel.press(rating);
      if (!this.#process.alive) return;
      if (outcome.kept) {
        trace.note(`${name} kept ${outcome.epoch.slice(0, 8)} ${outcome.seq}: ${rating}`);
        this.#checkKept(outcome.epoch, outcome.seq, rating);
        return;
      }
      trace.note(`${name} not kept ${rating}: ${outcome.code}`);
      verdict.check(outcome.code !== 'internal', 'terminal-threw', () => `${name}: a press ended as internal`);
    });
  }

  /** The thank-you is given: the press must be on the card now. */
  #checkKept(epoch: string, seq: number, rating: Rating): void {
    const { ledger, verdict } = this.#world;
    const { disk, name } = this.#machine;
    const entry = ledger.find(epoch, seq);
    const known = disk.epochs.find((candidate) => candidate.epoch === epoch);
    const onDisk = known?.presses[seq - known.oldestSeq];
    const durable = entry?.rating === rating && onDisk?.rating === rating;
    verdict.check(durable, 'kept-but-not-durable', () => `${name} ${epoch} ${seq}`);
    if (entry) entry.thanked = true;
  }

  #publishing(publication: Publication): Publication {
    const { tampering, trace, ledger, deliverers } = this.#world;
    const { kind, payload } = tampering.publication?.(publication) ?? publication;
    trace.note(`${this.#machine.name} sends ${kind} ${payload.slice(0, SHOWN)}`, payload.slice(SHOWN));
    if (kind !== 'presses') return { kind, payload };
    deliverers.sends(this.#machine.disk, payload);
    return { kind, payload: poison(payload, ledger) };
  }
}
