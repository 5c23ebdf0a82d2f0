import { isPrintable } from '../statistics/satisfaction.js';
import type { PageContext } from './page-context.js';
import type { ShownCounts } from './place-tallies.js';

/** The satisfied share, or that there are too few answers for one. */
export function Satisfied(props: { counts: ShownCounts; context: PageContext; withLabel?: boolean }) {
  const { counts, context, withLabel = false } = props;
  const { common } = context.messages;
  const { satisfied, n } = counts;
  if (satisfied === null || !isPrintable(n)) return <span class="few">{common.tooFew}</span>;
  const range = context.formats.percentRange(satisfied.low, satisfied.high);
  return (
    <span>
      {withLabel ? `${common.satisfiedShare} ` : ''}
      <strong>{context.formats.percent(satisfied.share)}</strong> <span class="range">({range})</span>
    </span>
  );
}
