import type { Random } from '@hymio/protocol';
import { drawBetween } from '../../random/draw.js';
import type { Scheduler } from '../scheduler.js';
import type { SimulatedProcess } from '../simulated-process.js';

export interface SlowCallParts {
  scheduler: Scheduler;
  random: Random;
  process: SimulatedProcess;
  /** Longest time before and after a call takes effect, ms. */
  callMs: number;
  /** What calls fail with at this moment, if anything. */
  failure: () => Error | undefined;
}

/**
 * An object whose asynchronous methods take time, fail, and may be the last thing that the process does: before a call
 * takes effect, or after it and before its caller hears of it. A call of a process that died never settles.
 */
export function slowCalls<T extends object>(target: T, parts: SlowCallParts): T {
  return new Proxy(target, {
    get: (object, name) => {
      const member: unknown = Reflect.get(object, name, object);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) => slowly(async () => Reflect.apply(member, object, given), parts);
    },
  });
}

/** One such call. */
export function slowly<T>(call: () => Promise<T>, parts: SlowCallParts): Promise<T> {
  const { scheduler, random, process, callMs, failure } = parts;
  const later = (act: () => void): void => {
    scheduler.after(drawBetween(random, 0, callMs), () => {
      if (process.survives()) act();
      scheduler.promisesWait();
    });
  };
  return new Promise((resolve, reject) => {
    later(() => {
      const error = failure();
      if (error !== undefined) {
        reject(error);
        return;
      }
      call().then(
        (value) => later(() => resolve(value)),
        (reason: unknown) => later(() => reject(reason instanceof Error ? reason : new Error(String(reason)))),
      );
    });
  });
}
