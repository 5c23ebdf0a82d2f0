import { randomUUID } from 'node:crypto';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Random, Rating } from '@hymio/protocol';
import type { Ledger } from '../ledger/ledger.js';
import { drawBetween, drawChance, drawInteger } from '../random/draw.js';
import type { Boot } from '../time/simulated-clock.js';
import type { CuttableProxy } from './cuttable-proxy.js';
import type { Fault, WindowFaults } from './fault-plan.js';
import type { FleetTally } from './fleet-tally.js';
import type { TerminalHost } from './terminal-host.js';
import type { Timeline, TimelineEvent } from './timeline.js';

export interface DriverParts {
  host: TerminalHost;
  timeline: Timeline;
  proxy: CuttableProxy;
  ledger: Ledger;
  tally: FleetTally;
  random: Random;
  windowFaults: WindowFaults;
}

/** How long a terminal may hold the event loop, real ms. */
const SLICE_MS = 20;
const POLL_MS = 40;
/** Presses while a terminal delivers. */
const WINDOW_PRESSES = { least: 0, most: 12 };

type Power = { kind: 'on'; boot: Boot } | { kind: 'off'; upAt: number; next: Omit<Boot, 'bootId' | 'bootedAt'> };

/** Plays a terminal's timeline: pushes the buttons, makes the faults happen, and writes the ledger. */
export class TerminalDriver {
  readonly #parts: DriverParts;
  #power: Power = { kind: 'off', upAt: 0, next: { syncsAt: 0, wallErrors: [] } };
  #offlineUntil = 0;
  #sliceEnds = 0;

  constructor(parts: DriverParts) {
    this.#parts = parts;
  }

  /** Switches the terminal on, its clock right, its network unplugged. */
  async start(): Promise<void> {
    this.#parts.proxy.cut();
    await this.#comeUp();
  }

  /** Everything before `to` (UTC ms), unplugged from the network, as fast as the disk allows. */
  async fastForward(to: number): Promise<void> {
    for (let event = this.#next(to); event !== undefined; event = this.#next(to)) {
      await this.#parts.host.moveTo(event.at);
      await this.#perform(event);
      await this.#breathe();
    }
    await this.#parts.host.moveTo(to);
  }

  /** Everything before `to`, online where no fault forbids, the world `factor` times as fast as the real one. */
  async live(to: number, factor: number, stop: AbortSignal): Promise<void> {
    const { host } = this.#parts;
    await host.run(factor);
    await this.#plug(true);
    for (let event = this.#next(to); event !== undefined && !stop.aborted; event = this.#next(to)) {
      await this.#until(event.at, factor, stop);
      await this.#perform(event);
      await this.#plug(this.#mayBeOnline());
    }
    await this.#until(to, factor, stop);
    await host.pause();
  }

  /** Plugs the network in for up to `realMs`: presses, cuts and kills while the backlog is delivered. */
  async window(realMs: number, factor: number): Promise<void> {
    if (!this.#mayBeOnline()) return;
    const { host } = this.#parts;
    await host.run(factor);
    await this.#plug(true);
    const deadline = performance.now() + realMs;
    for (const act of this.#windowActs()) {
      await sleep(drawBetween(this.#parts.random, 0, realMs / 24));
      await act();
    }
    await this.#drain(deadline);
    await this.#plug(false);
    await host.pause();
  }

  /** Brings the terminal up, its clock right, and delivers all; returns what is left undelivered at the end. */
  async finish(realMs: number, factor: number): Promise<number> {
    const { host } = this.#parts;
    if (this.#power.kind === 'on' && this.#power.boot.syncsAt > host.now()) {
      await host.stop();
      this.#power = { kind: 'off', upAt: host.now(), next: { syncsAt: 0, wallErrors: [] } };
    }
    if (this.#power.kind === 'off') {
      this.#power.next = { syncsAt: 0, wallErrors: [] };
      await this.#comeUp();
    }
    await host.run(factor);
    await this.#plug(true);
    const left = await this.#drain(performance.now() + realMs);
    await host.stop();
    await host.pause();
    return left;
  }

  /** The next event before `to`, coming up again included. */
  #next(to: number): TimelineEvent | { kind: 'up'; at: number } | undefined {
    const up = this.#power.kind === 'off' && this.#power.upAt < to ? this.#power.upAt : undefined;
    const event = this.#parts.timeline.take(up ?? to);
    return event ?? (up === undefined ? undefined : { kind: 'up', at: up });
  }

  async #perform(event: TimelineEvent | { kind: 'up' }): Promise<void> {
    switch (event.kind) {
      case 'press':
        return this.#push(event.press.rating);
      case 'offline':
        this.#offlineUntil = Math.max(this.#offlineUntil, event.until);
        this.#parts.tally.cuts += 1;
        return;
      case 'kill':
        return this.#kill();
      case 'reboot':
        return this.#goDown(event);
      case 'up':
        return this.#comeUp();
    }
  }

  async #push(rating: Rating): Promise<void> {
    const { host, ledger, tally } = this.#parts;
    const { outcome, trueAt, wallAt } = await host.press(rating);
    if (outcome === 'died') {
      ledger.write({ event: 'unanswered', terminal: host.terminal, rating, trueAt });
      tally.unanswered += 1;
    } else if (outcome.kept) {
      const { epoch, seq } = outcome;
      ledger.write({ event: 'kept', terminal: host.terminal, epoch, seq, rating, trueAt, wallAt: Math.round(wallAt) });
      tally.kept += 1;
    } else tally.notKept[outcome.code] = (tally.notKept[outcome.code] ?? 0) + 1;
  }

  /** The process dies in the midst of a press, now and then, and is started again on the same boot. */
  async #kill(): Promise<void> {
    const { host, proxy, tally, random } = this.#parts;
    if (this.#power.kind === 'off') return;
    const pushed = this.#push(drawInteger(random, 0, 3) as Rating);
    if (drawChance(random, 0.5)) await sleep(drawBetween(random, 0, 4));
    proxy.drop();
    await host.kill();
    await pushed;
    tally.kills += 1;
    await host.boot(this.#power.boot);
  }

  async #goDown({ upAt, at, graceful, syncsAt, wallErrors }: Extract<Fault, { kind: 'reboot' }>): Promise<void> {
    const { host, proxy, tally } = this.#parts;
    if (this.#power.kind === 'off') return;
    if (graceful) await host.stop();
    else {
      proxy.drop();
      await host.kill();
    }
    tally.reboots += 1;
    // Real time may have carried the world past the plan: the machine is down as long as planned all the same.
    const lateMs = Math.max(0, host.now() - at);
    this.#power = { kind: 'off', upAt: upAt + lateMs, next: { syncsAt: syncsAt + lateMs, wallErrors } };
  }

  async #comeUp(): Promise<void> {
    const { host } = this.#parts;
    if (this.#power.kind === 'on') return;
    const boot: Boot = { bootId: randomUUID(), bootedAt: host.now(), ...this.#power.next };
    this.#power = { kind: 'on', boot };
    await host.boot(boot);
  }

  #mayBeOnline(): boolean {
    return this.#power.kind === 'on' && this.#offlineUntil <= this.#parts.host.now();
  }

  async #plug(up: boolean): Promise<void> {
    const { host, proxy } = this.#parts;
    if (up) proxy.mend();
    else proxy.cut();
    await host.link(up);
  }

  #windowActs(): (() => Promise<void>)[] {
    const { random, windowFaults, proxy, tally } = this.#parts;
    const acts: (() => Promise<void>)[] = [];
    const presses = drawInteger(random, WINDOW_PRESSES.least, WINDOW_PRESSES.most);
    for (let i = 0; i < presses; i += 1) acts.push(() => this.#push(drawInteger(random, 0, 3) as Rating));
    const anywhere = (): number => drawInteger(random, 0, acts.length);
    if (drawChance(random, windowFaults.kill)) acts.splice(anywhere(), 0, () => this.#kill());
    if (drawChance(random, windowFaults.cut)) {
      acts.splice(anywhere(), 0, async () => {
        proxy.drop();
        tally.cuts += 1;
      });
    }
    return acts;
  }

  async #drain(deadline: number): Promise<number> {
    for (;;) {
      const left = (await this.#parts.host.pending()) ?? 0;
      if (left === 0 || performance.now() >= deadline) return left;
      await sleep(POLL_MS);
    }
  }

  async #until(at: number, factor: number, stop: AbortSignal): Promise<void> {
    const { host } = this.#parts;
    while (host.now() < at && !stop.aborted) {
      // Short steps: the end of an offline span lies between two events.
      await sleep(Math.min(500, Math.max(1, (at - host.now()) / factor)));
      await this.#plugIfChanged();
    }
  }

  async #plugIfChanged(): Promise<void> {
    if (this.#offlineUntil === 0 || !this.#mayBeOnline()) return;
    this.#offlineUntil = 0;
    await this.#plug(true);
  }

  /** Lets signals, sockets and others have their turn. */
  async #breathe(): Promise<void> {
    if (performance.now() < this.#sliceEnds) return;
    await setImmediate();
    this.#sliceEnds = performance.now() + SLICE_MS;
  }
}
