import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Log, type PressOutcome, ResilientJournal, type Transport } from '@hymio/device';
import type { Random, Rating } from '@hymio/protocol';
import { UNDISTURBED } from '../fleet/disturbed-transport.js';
import { FirmwareMachine } from '../fleet/firmware-machine.js';
import { seededRandom } from '../random/seeded-random.js';
import { TrueTime } from '../time/true-time.js';
import { type VisitorProfile, visitorProfile } from '../visitors/visitor-profile.js';
import { visitorStream } from '../visitors/visitor-stream.js';
import { DEMO_ZONE, type DemoPlace } from './demo-place.js';

/** Presses are made for so long before others have their turn, real ms. */
const SLICE_MS = 10;
const DAY_MS = 86_400_000;
/** Sooner than in the field, so that a page shows within seconds what became of a backlog. */
export const DEMO_HEARTBEAT_MS = 10_000;

export interface DemoTerminalParts {
  place: DemoPlace;
  /** Folder of all terminals' journals. */
  folder: string;
  brokerUrl: string;
  seed: number;
  /** Beginning of the history, UTC ms. */
  historyFrom: number;
  log: Log;
  openTransport?: (world: TrueTime) => Transport;
}

/** One terminal of the demo: lives through its past at full speed and then on in real time. */
export class DemoTerminal {
  readonly place: DemoPlace;
  readonly profile: VisitorProfile;
  readonly random: Random;
  readonly world: TrueTime;
  readonly #parts: DemoTerminalParts;
  readonly #folder: string;
  readonly #machine: FirmwareMachine;

  constructor(parts: DemoTerminalParts) {
    const { place, seed, historyFrom, log, brokerUrl, openTransport } = parts;
    this.place = place;
    this.#parts = parts;
    this.#folder = join(parts.folder, place.terminal);
    const { openingHours, visitsPerWeek, satisfaction } = place;
    this.profile = visitorProfile({ zone: DEMO_ZONE, openingHours, visitsPerWeek, satisfaction });
    // Live on, nothing needs to be the same twice.
    this.random = seededRandom(Math.floor(Math.random() * 2 ** 31), place.terminal);
    const world = new TrueTime(historyFrom, () => Date.now());
    this.world = world;
    this.#machine = new FirmwareMachine({
      terminal: place.terminal,
      folder: this.#folder,
      brokerUrl,
      world,
      random: seededRandom(seed, place.terminal, 'firmware'),
      log,
      builtAt: historyFrom - 30 * DAY_MS,
      networkFactor: 1,
      heartbeatMs: DEMO_HEARTBEAT_MS,
      disturbance: UNDISTURBED,
      ...(openTransport === undefined ? {} : { openTransport: () => openTransport(world) }),
    });
  }

  /**
   * Boots at `from` (UTC ms) and keeps every press until `to` without a network, unless `stop` ends it before. What an
   * earlier start has done is not done again.
   */
  async liveThrough(from: number, stop: AbortSignal, onKept: () => void, to = Date.now()): Promise<void> {
    mkdirSync(this.#folder, { recursive: true });
    const resumeAt = Math.max(from, this.#lastKeptAt() + 1);
    this.#boot(resumeAt);
    let sliceEnds = 0;
    const span = { from: this.#parts.historyFrom, to };
    for (const { at, rating } of visitorStream(this.profile, this.#parts.seed, this.place.terminal, span)) {
      if (at < resumeAt) continue;
      if (performance.now() >= sliceEnds) {
        await setImmediate();
        sliceEnds = performance.now() + SLICE_MS;
      }
      if (stop.aborted) return;
      this.world.advanceTo(at);
      if (this.press(rating).kept) onKept();
    }
    this.world.advanceTo(span.to);
  }

  /** Boots now, where the terminal was off. */
  bootNow(): void {
    mkdirSync(this.#folder, { recursive: true });
    this.#boot(Date.now());
  }

  /** Plugs the network in; from here on in real time. */
  goLive(): void {
    this.world.advanceTo(Date.now());
    this.world.run(1);
    this.plugIn();
  }

  plugIn(): void {
    this.#machine.link(true);
  }

  press(rating: Rating): PressOutcome {
    const { outcome } = this.#machine.press(rating);
    return outcome === 'died' ? { kept: false, rating, code: 'not-running' } : outcome;
  }

  async stop(): Promise<void> {
    await this.#machine.stop();
    this.world.pause();
  }

  #boot(at: number): void {
    this.world.advanceTo(at);
    this.#machine.boot({ bootId: randomUUID(), bootedAt: at, syncsAt: at, wallErrors: [] });
  }

  /** Time of the newest press in the journal, UTC ms; 0 where there is none. */
  #lastKeptAt(): number {
    const opening = () => ({ epoch: randomUUID(), bootId: randomUUID(), bootMs: 0 });
    const place = { folder: this.#folder, terminal: this.place.terminal, now: Date.now, opening };
    const journal = new ResilientJournal(place, ({ code, detail }) => this.#parts.log.error(code, { detail }));
    try {
      const last = journal.spans().at(-1);
      return last === undefined ? 0 : (journal.read(last.epoch, last.lastSeq, 1)[0]?.at ?? 0);
    } finally {
      journal.close();
    }
  }
}
