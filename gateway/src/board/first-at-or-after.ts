/** Where in a list sorted by `keyOf` the first item lies whose key is not below `key`; its length where there is none. */
export function firstAtOrAfter<Item>(items: readonly Item[], key: string, keyOf: (item: Item) => string): number {
  let from = 0;
  let to = items.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const item = items[middle];
    if (item !== undefined && keyOf(item) < key) from = middle + 1;
    else to = middle;
  }
  return from;
}
