import type { Words } from '../language/words.js';
import type { PublicTable } from './suppress-small-cells.js';

/** A share as it may be published: exact, a range, or one side of it; whole per cent, never more than is known. */
export function shareText(
  { n, satisfied }: Pick<PublicTable, 'n' | 'satisfied'>,
  { formats, messages }: Words,
): string {
  const { atLeast, atMost } = messages.publicTexts;
  const { low, high } = satisfied;
  if (low === high) return formats.percent(low / n);
  const [from, to] = [Math.floor((100 * low) / n) / 100, Math.ceil((100 * high) / n) / 100];
  if (high === n) return atLeast(formats.percent(from));
  if (low === 0) return atMost(formats.percent(to));
  return formats.percentRange(from, to);
}
