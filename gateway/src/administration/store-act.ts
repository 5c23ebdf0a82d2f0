import type { Actor } from '../exclusions/exclusion.js';
import type { Change } from './change-log.js';

/** Who the log of changes names where the gateway does something by itself. */
export const GATEWAY_ITSELF = 'hymio-gateway';

export const WHOLE_STORE = { kind: 'store', id: 'store' } as const;

/** Who does something to the whole store; `asked`: somebody wanted it. */
export interface StoreActor extends Actor {
  asked: boolean;
}

export function storeActor(by: Actor | undefined, now: () => number): StoreActor {
  return by === undefined ? { who: GATEWAY_ITSELF, at: now(), asked: false } : { ...by, asked: true };
}

/** The line of the log about presses removed; none where the gateway found nothing to remove. */
export function pruneChange(
  { asked }: StoreActor,
  { pruned, rawFrom }: { pruned: number; rawFrom: number },
  rawFromBefore: number,
): Change[] {
  if (!asked && pruned === 0) return [];
  const subject = { kind: 'store', id: 'presses' } as const;
  return [{ subject, before: { rawFrom: rawFromBefore }, after: { rawFrom, pruned } }];
}

/** The line of the log about rollups counted again. */
export function rebuildChange({ asked }: StoreActor, result: { buckets: number; changed: number }): Change[] {
  if (!asked && result.changed === 0) return [];
  return [{ subject: { kind: 'store', id: 'rollups' }, after: { ...result } }];
}
