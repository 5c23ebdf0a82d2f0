import type { Random } from '@hymio/protocol';
import { drawExponential } from '../random/draw.js';
import { oneOf } from './plan.js';
import type { Scheduler } from './scheduler.js';
import type { Trace } from './trace.js';

/** A fault that happened, with its number in the plan and its time from the start, ms. */
export interface HappenedFault<Kind extends string> {
  number: number;
  atMs: number;
  kind: Kind;
  detail: string;
}

export interface FaultCalendarParts<Kind extends string> {
  scheduler: Scheduler;
  trace: Trace;
  /** A random stream by its names. */
  random: (...names: string[]) => Random;
  plan: {
    faults: readonly Kind[];
    faultGapMs: number;
    /** Only these still happen; absent: all. */
    keptFaults?: ReadonlySet<number>;
  };
  /** Begins a fault and says what it is; undefined where there is nothing that it could happen to now. */
  begin: (kind: Kind, random: Random) => string | undefined;
}

/** Lets the faults of a plan happen, numbered as they fall due. */
export class FaultCalendar<Kind extends string> {
  readonly happened: HappenedFault<Kind>[] = [];
  readonly #parts: FaultCalendarParts<Kind>;
  readonly #gaps: Random;
  readonly #startMs: number;
  #number = 0;

  /** Times are told from now on. */
  constructor(parts: FaultCalendarParts<Kind>) {
    this.#parts = parts;
    this.#gaps = parts.random('faults');
    this.#startMs = parts.scheduler.now();
  }

  /** Faults begin from now until `endMs`, true time. */
  runUntil(endMs: number): void {
    const { scheduler, plan } = this.#parts;
    if (plan.faults.length === 0) return;
    scheduler.after(drawExponential(this.#gaps, plan.faultGapMs), () => {
      if (scheduler.now() >= endMs) return;
      this.#number += 1;
      if (plan.keptFaults?.has(this.#number) !== false) this.#begin(this.#number);
      this.runUntil(endMs);
    });
  }

  #begin(number: number): void {
    const { scheduler, trace, random, plan, begin } = this.#parts;
    // Each draws from a stream of its own: one that is left out changes nothing about the others.
    const own = random('fault', String(number));
    const kind = oneOf(own, plan.faults);
    const detail = begin(kind, own);
    if (detail === undefined) return;
    this.happened.push({ number, atMs: scheduler.now() - this.#startMs, kind, detail });
    trace.note(`FAULT ${number} ${kind}: ${detail}`);
  }
}
