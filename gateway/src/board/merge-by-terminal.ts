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
