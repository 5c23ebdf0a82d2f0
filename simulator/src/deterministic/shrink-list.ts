/**
 * A short part of a list with which `fails` still holds: halves, quarters and so on are left out as long as that works, at
 * last single items. Delta debugging after Zeller and Hildebrandt (2002), over complements only.
 */
export async function shrinkList<T>(
  items: readonly T[],
  fails: (part: readonly T[]) => Promise<boolean>,
): Promise<T[]> {
  let left = [...items];
  if (left.length > 0 && (await fails([]))) return [];
  for (let parts = 2; left.length > 1; ) {
    const size = Math.ceil(left.length / parts);
    let smaller: T[] | undefined;
    for (let from = 0; from < left.length && smaller === undefined; from += size) {
      const rest = [...left.slice(0, from), ...left.slice(from + size)];
      if (await fails(rest)) smaller = rest;
    }
    if (smaller !== undefined) {
      left = smaller;
      parts = Math.max(2, parts - 1);
    } else if (size === 1) return left;
    else parts = Math.min(left.length, 2 * parts);
  }
  return left;
}
