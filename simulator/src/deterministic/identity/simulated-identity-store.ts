import type { IdentityStore } from '@hymio/gateway';
import type { Random } from '@hymio/protocol';
import { drawBetween } from '../../random/draw.js';
import type { Scheduler } from '../scheduler.js';
import type { SimulatedProcess } from '../simulated-process.js';
import type { IdentityAccount } from './identity-account.js';
import type { RealWork } from './real-work.js';

export interface SimulatedIdentityStoreParts {
  store: IdentityStore;
  account: IdentityAccount;
  scheduler: Scheduler;
  random: Random;
  process: SimulatedProcess;
  work: RealWork;
  /** Longest time before and after a call takes effect, ms. */
  callMs: number;
  failure: () => Error | undefined;
}

/**
 * The store's identity part as a process has it: calls take time, fail, and may be the last thing that the process does,
 * before or after the commit. Every commit goes to the account. A call of a process that died never settles.
 */
export function simulatedIdentityStore(parts: SimulatedIdentityStoreParts): IdentityStore {
  const { store, account } = parts;
  const slowly = <T>(call: () => Promise<T>, committed?: (value: T) => void): Promise<T> =>
    slowCall(parts, call, committed);
  return {
    addCode: (code, by) =>
      slowly(
        () => store.addCode(code, by),
        () => account.addCode(code, by.at),
      ),
    code: (hash) => slowly(() => store.code(hash)),
    openCode: (terminal, now) => slowly(() => store.openCode(terminal, now)),
    withdrawCode: (terminal, by) =>
      slowly(
        () => store.withdrawCode(terminal, by),
        () => account.withdrawCode(terminal, by.at),
      ),
    enrol: (hash, asked, by) =>
      slowly(
        () => store.enrol(hash, asked, by),
        (given) => account.enrol(hash, asked, by.at, given.certificate),
      ),
    renew: (replaced, issued, by) =>
      slowly(
        () => store.renew(replaced, issued, by),
        () => account.renew(replaced.serial, issued, by.at),
      ),
    revoke: (terminal, by) =>
      slowly(
        () => store.revoke(terminal, by),
        () => account.revoke(terminal, by.at),
      ),
    certificates: (terminal) => slowly(() => store.certificates(terminal)),
  };
}

function slowCall<T>(
  { scheduler, random, process, work, callMs, failure }: SimulatedIdentityStoreParts,
  call: () => Promise<T>,
  committed: ((value: T) => void) | undefined,
): Promise<T> {
  const later = (act: () => void): void => {
    scheduler.after(drawBetween(random, 0, callMs), () => {
      if (process.survives()) act();
      scheduler.promisesWait();
    });
  };
  work.rests();
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      work.goesOn();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    later(() => {
      const error = failure();
      if (error !== undefined) return fail(error);
      call().then(
        (value) => {
          committed?.(value);
          later(() => {
            work.goesOn();
            resolve(value);
          });
        },
        (reason: unknown) => later(() => fail(reason)),
      );
    });
  });
}
