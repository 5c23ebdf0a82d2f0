import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { drawBetween, drawChance, drawInteger } from '../random/draw.js';
import type { WindowFaults } from './fault-plan.js';
import { type ActorParts, TerminalActor } from './terminal-actor.js';
import type { Timeline, TimelineEvent } from './timeline.js';

export interface DriverParts extends ActorParts {
  timeline: Timeline;
  windowFaults: WindowFaults;
}

/** How long a terminal may hold the event loop, real ms. */
const SLICE_MS = 20;
const POLL_MS = 40;
/** Presses while a terminal delivers. */
const WINDOW_PRESSES = { least: 0, most: 12 };

type DriverEvent = TimelineEvent | { kind: 'up'; at: number };

/** Plays a terminal's timeline: at full speed without a network, in windows in which it delivers, or live. */
export class TerminalDriver {
  readonly #parts: DriverParts;
  readonly #actor: TerminalActor;
  #sliceEnds = 0;

  constructor(parts: DriverParts) {
    this.#parts = parts;
    this.#actor = new TerminalActor(parts);
  }

  /** Switches the terminal on, its clock right, its network unplugged. */
  async start(): Promise<void> {
    await this.#actor.plug(false);
    await this.#actor.comeUp();
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
    await this.#actor.plug(true);
    for (let event = this.#next(to); event !== undefined && !stop.aborted; event = this.#next(to)) {
      await this.#until(event.at, factor, stop);
      await this.#perform(event);
    }
    await this.#until(to, factor, stop);
    await host.pause();
  }

  /** Plugs the network in for up to `realMs`: presses, cuts and kills while the backlog is delivered. */
  async window(realMs: number, factor: number): Promise<void> {
    if (!this.#actor.mayBeOnline()) return;
    const { host, random } = this.#parts;
    await host.run(factor);
    await this.#actor.plug(true);
    const deadline = performance.now() + realMs;
    for (const act of this.#windowActs()) {
      await sleep(drawBetween(random, 0, realMs / 24));
      await act();
    }
    await this.#drain(deadline);
    await this.#actor.plug(false);
    await host.pause();
  }

  /** Brings the terminal up, its clock right, and delivers all; returns what is left undelivered at the end. */
  async finish(realMs: number, factor: number): Promise<number> {
    const { host } = this.#parts;
    await this.#actor.comeUpRight();
    await host.run(factor);
    await this.#actor.plug(true);
    const left = await this.#drain(performance.now() + realMs);
    await host.stop();
    await host.pause();
    return left;
  }

  /** The next event before `to`, coming up again included. */
  #next(to: number): DriverEvent | undefined {
    const { upAt } = this.#actor;
    const up = upAt !== undefined && upAt < to ? upAt : undefined;
    return this.#parts.timeline.take(up ?? to) ?? (up === undefined ? undefined : { kind: 'up', at: up });
  }

  #perform(event: DriverEvent): Promise<void> | void {
    switch (event.kind) {
      case 'press':
        return this.#actor.push(event.press.rating);
      case 'offline':
        return this.#actor.goOffline(event.until);
      case 'kill':
        return this.#actor.kill();
      case 'reboot':
        return this.#actor.goDown(event);
      case 'up':
        return this.#actor.comeUp();
    }
  }

  #windowActs(): (() => Promise<void> | void)[] {
    const { random, windowFaults } = this.#parts;
    const presses = drawInteger(random, WINDOW_PRESSES.least, WINDOW_PRESSES.most);
    const acts: (() => Promise<void> | void)[] = [];
    for (let i = 0; i < presses; i += 1) acts.push(() => this.#actor.pushAny());
    const anywhere = (): number => drawInteger(random, 0, acts.length);
    if (drawChance(random, windowFaults.kill)) acts.splice(anywhere(), 0, () => this.#actor.kill());
    if (drawChance(random, windowFaults.cut)) acts.splice(anywhere(), 0, () => this.#actor.tear());
    return acts;
  }

  async #drain(deadline: number): Promise<number> {
    for (;;) {
      const left = (await this.#parts.host.pending()) ?? 0;
      if (left === 0 || performance.now() >= deadline) return left;
      await sleep(POLL_MS);
    }
  }

  /** Waits for a true time; plugs the network in and out as offline spans begin and end meanwhile. */
  async #until(at: number, factor: number, stop: AbortSignal): Promise<void> {
    const { host } = this.#parts;
    let plugged = this.#actor.mayBeOnline();
    await this.#actor.plug(plugged);
    while (host.now() < at && !stop.aborted) {
      await sleep(Math.min(500, Math.max(1, (at - host.now()) / factor)));
      if (plugged === this.#actor.mayBeOnline()) continue;
      plugged = !plugged;
      await this.#actor.plug(plugged);
    }
  }

  /** Lets signals, sockets and others have their turn. */
  async #breathe(): Promise<void> {
    if (performance.now() < this.#sliceEnds) return;
    await setImmediate();
    this.#sliceEnds = performance.now() + SLICE_MS;
  }
}
