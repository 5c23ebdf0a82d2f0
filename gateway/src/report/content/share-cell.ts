import type { Words } from '../../language/words.js';
import { isPrintable, type SatisfiedShare } from '../../statistics/satisfaction.js';
import type { ContentCell } from './report-content.js';

/** A satisfied share with its interval, or that there are too few answers for one. */
export function shareCell(n: number, satisfied: SatisfiedShare | null, { messages, formats }: Words): ContentCell {
  if (satisfied === null || !isPrintable(n)) return { text: messages.common.tooFew };
  return {
    text: formats.percent(satisfied.share),
    detail: `(${formats.percentRange(satisfied.low, satisfied.high)})`,
    strong: true,
  };
}
