import { firstAtOrAfter } from './first-at-or-after.js';

/**
 * What was read last, with everything of the changed terminals as it was read now; by terminal id. Both are sorted by it,
 * and `now` holds changed ones only.
 */
export function mergeByTerminal<Item>(
  last: readonly Item[],
  now: readonly Item[],
  idOf: (item: Item) => string,
  changed: ReadonlySet<string>,
): Item[] {
  return replaceEach(last, now, idOf, changed) ?? mergeAll(last, now, idOf, changed);
}

/** Nearly always each has as many items as before: all but those are copied at once. Undefined: it is not so. */
function replaceEach<Item>(
  last: readonly Item[],
  now: readonly Item[],
  idOf: (item: Item) => string,
  changed: ReadonlySet<string>,
): Item[] | undefined {
  const merged = last.slice();
  for (const id of changed) {
    let place = firstAtOrAfter(last, id, idOf);
    let next = firstAtOrAfter(now, id, idOf);
    for (;;) {
      const old = last[place];
      const item = now[next];
      const isOld = old !== undefined && idOf(old) === id;
      const isNew = item !== undefined && idOf(item) === id;
      if (isOld !== isNew) return undefined;
      if (!isOld || item === undefined) break;
      merged[place] = item;
      place += 1;
      next += 1;
    }
  }
  return merged;
}

function mergeAll<Item>(
  last: readonly Item[],
  now: readonly Item[],
  idOf: (item: Item) => string,
  changed: ReadonlySet<string>,
): Item[] {
  const merged: Item[] = [];
  let next = 0;
  const takeBelow = (id: string | undefined): void => {
    for (let item = now[next]; item !== undefined && (id === undefined || idOf(item) < id); item = now[next]) {
      merged.push(item);
      next += 1;
    }
  };
  for (const item of last) {
    const id = idOf(item);
    if (changed.has(id)) continue;
    takeBelow(id);
    merged.push(item);
  }
  takeBelow(undefined);
  return merged;
}
