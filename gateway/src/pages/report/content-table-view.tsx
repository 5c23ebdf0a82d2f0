import type { ContentCell, ContentColumn, ContentTable } from '../../report/content/report-content.js';
import { DefinitionLink } from '../definition-link.js';
import type { PageContext } from '../page-context.js';
import { RatingCountsList } from '../rating-counts.js';
import { Smiley } from '../smiley.js';
import type { ReportLinks } from './content-section.js';

/** On a card a longer text has a line to itself. */
const LONG_TEXT = 18;

interface TableProps {
  table: ContentTable;
  links: ReportLinks;
  context: PageContext;
}

/** A table whose first cell of each row is its header. A wide one scrolls in a box of its own; it can be reached by keyboard. */
export function ContentTableView(props: TableProps) {
  const { shape, caption } = props.table;
  if (shape === 'plain') return <PlainTable {...props} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the arrow keys
    <section class="scrolls" tabIndex={0} aria-label={caption}>
      <PlainTable {...props} />
    </section>
  );
}

function PlainTable({ table, links, context }: TableProps) {
  const { caption, columns, rows } = table;
  return (
    <table class={tableClass(table)}>
      <caption>{table.shape === 'wide' ? <span class="caption">{caption}</span> : caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <ColumnHead key={column.text} column={column} context={context} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([head, ...cells], index) => (
          <tr key={`${index}-${head?.text}`} class={head?.strong === true ? 'stands-out' : undefined}>
            <th scope="row">{head === undefined ? null : <HeadText cell={head} links={links} context={context} />}</th>
            {cells.map((cell, place) => (
              <Cell key={columns[place + 1]?.text} cell={cell} column={columns[place + 1]} context={context} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Rows become cards where the screen is narrow, but for numbers that fit and those that mean nothing without their place. */
function tableClass({ shape, columns, rows }: ContentTable): string {
  if (shape === 'wide') return 'heat';
  const cells = rows.flat();
  if (cells.some(({ ratings }) => ratings !== undefined)) return 'cards';
  return columns.length <= 3 && cells.some(({ rating, strong }) => rating !== undefined || strong === true)
    ? 'narrow'
    : 'cards compact';
}

function ColumnHead({ column, context }: { column: ContentColumn; context: PageContext }) {
  const { text, numeric, definition } = column;
  return (
    <th scope="col" class={numeric === true ? 'number' : undefined}>
      {text}
      {definition === undefined ? null : (
        <>
          {' '}
          <DefinitionLink of={definition} context={context} />
        </>
      )}
    </th>
  );
}

function HeadText({ cell, links, context }: { cell: ContentCell; links: ReportLinks; context: PageContext }) {
  const { text, detail, rating, servicePoint } = cell;
  if (rating !== undefined) {
    return (
      <>
        <Smiley rating={rating} /> {text}
      </>
    );
  }
  if (servicePoint !== undefined && context.standalone === undefined) {
    return <a href={context.link(`/reports/weekly/${links.week}?service-point=${servicePoint}`)}>{text}</a>;
  }
  if (detail === undefined) return <>{text}</>;
  return (
    <>
      <span class="name">{text}</span>
      <span class="id">{detail}</span>
    </>
  );
}

function Cell({
  cell,
  column,
  context,
}: {
  cell: ContentCell;
  column: ContentColumn | undefined;
  context: PageContext;
}) {
  return (
    <td class={cellClass(cell, column)} data-label={column?.text}>
      <CellText cell={cell} context={context} />
    </td>
  );
}

function cellClass({ text, ratings, bar, shade }: ContentCell, column: ContentColumn | undefined): string | undefined {
  if (ratings !== undefined) return 'wide';
  if (bar !== undefined) return 'double';
  if (shade !== undefined) return `number shade-${shadeStep(shade)}`;
  if (column?.numeric === true) return 'number';
  if (text === '–') return 'blank';
  return column?.definition === 'down-days' || text.length > LONG_TEXT ? 'wide' : undefined;
}

/** 0 below one half, then a step each tenth: 5 from nine tenths on. A class, for styles may not stand in the page. */
function shadeStep(shade: number): number {
  return Math.min(5, Math.max(0, Math.floor(shade * 10 + 1e-9) - 4));
}

function CellText({ cell, context }: { cell: ContentCell; context: PageContext }) {
  const { text, detail, ratings, bar, strong } = cell;
  if (ratings !== undefined) {
    return (
      <>
        <span class="total">{text}</span>
        <RatingCountsList ratings={ratings} context={context} />
      </>
    );
  }
  if (bar !== undefined) {
    return (
      <span class="with-bar">
        <span class="percent">{text}</span>
        <ShareBar share={bar} />
      </span>
    );
  }
  return (
    <>
      {strong === true ? <strong>{text}</strong> : text}
      {detail === undefined ? null : <span class="detail of-number">{detail}</span>}
    </>
  );
}

function ShareBar({ share }: { share: number }) {
  return (
    <svg class="share" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="track" x="0" y="0" width="100" height="4" />
      <rect class="value" x="0" y="0" width={100 * share} height="4" />
    </svg>
  );
}
