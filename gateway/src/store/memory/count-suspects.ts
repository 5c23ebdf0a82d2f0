import type { SuspectCount } from '../store.js';
import type { MemoryState } from './memory-state.js';

/** Presses counted in [from, to) that no panel can have sent, repeats and excluded ones too. */
export function countSuspects({ presses }: MemoryState, from: number, to: number): SuspectCount[] {
  const found = new Map<string, SuspectCount>();
  for (const { press } of presses) {
    const { terminal, servicePoint, suspect: why, countedAt } = press;
    if (why === undefined || countedAt < from || countedAt >= to) continue;
    const key = [terminal, servicePoint ?? '', why].join(' ');
    const before = found.get(key)?.presses ?? 0;
    found.set(key, { terminal, ...(servicePoint !== undefined && { servicePoint }), why, presses: before + 1 });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
