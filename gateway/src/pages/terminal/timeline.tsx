import type { TimelineKind, TimelineSegment } from '../../terminals/terminal-timeline.js';
import type { PageContext } from '../page-context.js';
import type { TimelineDay } from './terminal-page-model.js';

/** Shorter stretches are in the sums, and not told one by one, ms. */
const BRIEF_MS = 60_000;
/** Stretches of a day that are told one by one. */
const MOST_TOLD = 4;
/** In the order in which a day's sums are told. */
const SUMMED: readonly TimelineKind[] = ['working', 'impaired', 'faulty', 'offline', 'unplaced', 'retired'];
const TOLD: readonly TimelineKind[] = ['impaired', 'faulty', 'offline'];
/** Each kind has a height of its own, not only a colour. */
const HEIGHTS: Record<TimelineKind, number> = {
  working: 16,
  impaired: 16,
  faulty: 9,
  offline: 5,
  closed: 1,
  unplaced: 1,
  unknown: 1,
  retired: 1,
};
const WIDTH = 240;
const HEIGHT = 16;

/** The last days, each as a bar of its hours and in words. */
export function Timeline({ days, context }: { days: readonly TimelineDay[]; context: PageContext }) {
  const { terminalPage } = context.messages;
  return (
    <>
      <ul class="legend">
        {(['working', 'impaired', 'faulty', 'offline', 'closed'] as const).map((kind) => (
          <li key={kind}>
            <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true" focusable="false">
              <Block kind={kind} x={2} width={20} />
            </svg>
            {terminalPage.kinds[kind]}
          </li>
        ))}
      </ul>
      <table class="cards timeline">
        <caption class="hidden">{terminalPage.timeline}</caption>
        <thead>
          <tr>
            <th scope="col">{terminalPage.day}</th>
            <th scope="col">{terminalPage.hoursOfDay}</th>
            <th scope="col">{terminalPage.inWords}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.from}>
              <th scope="row">{context.formats.day(day.from)}</th>
              <td class="wide">
                <DayBar day={day} />
              </td>
              <td class="wide">
                <DayText day={day} context={context} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function DayBar({ day }: { day: TimelineDay }) {
  const x = (at: number) => (WIDTH * (at - day.from)) / (day.to - day.from);
  return (
    <svg
      class="day-bar"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {[6, 12, 18].map((hour) => (
        <rect key={hour} class="hour-mark" x={(WIDTH * hour) / 24} y="0" width="0.5" height={HEIGHT} />
      ))}
      {day.segments.map(({ kind, from, to }) => (
        <Block key={from} kind={kind} x={round(x(from))} width={Math.max(0.6, round(x(to) - x(from)))} />
      ))}
    </svg>
  );
}

function Block({ kind, x, width }: { kind: TimelineKind; x: number; width: number }) {
  const height = HEIGHTS[kind];
  return (
    <>
      <rect class={`stretch-${kind}`} x={x} y={HEIGHT - height} width={width} height={height} />
      {kind === 'impaired' ? <rect class="stretch-gap" x={x} y="6" width={width} height="3" /> : null}
    </>
  );
}

function DayText({ day, context }: { day: TimelineDay; context: PageContext }) {
  const { messages, formats } = context;
  const { terminalPage } = messages;
  const sums = SUMMED.flatMap((kind) => {
    const ms = day.segments.reduce((sum, one) => (one.kind === kind ? sum + one.to - one.from : sum), 0);
    return ms < BRIEF_MS ? [] : [`${terminalPage.kinds[kind]} ${formats.hoursAndMinutes(ms)}`];
  });
  const told = day.segments.filter((one) => TOLD.includes(one.kind) && one.to - one.from >= BRIEF_MS);
  return (
    <>
      <span>{sums.length === 0 ? quietDay(day, context) : sums.join(' · ')}</span>
      {told.slice(0, MOST_TOLD).map((segment) => (
        <span key={segment.from} class="detail">
          {stretchText(segment, context)}
        </span>
      ))}
      {told.length > MOST_TOLD ? (
        <span class="detail">{terminalPage.moreStretches(formats.count(told.length - MOST_TOLD))}</span>
      ) : null}
    </>
  );
}

function quietDay({ segments }: TimelineDay, { messages }: PageContext): string {
  const { kinds } = messages.terminalPage;
  return segments.some(({ kind }) => kind === 'unknown') ? kinds.unknown : kinds.closed;
}

function stretchText({ kind, from, to, faults }: TimelineSegment, { messages, formats }: PageContext): string {
  const codes = faults.length === 0 ? '' : ` (${faults.join(', ')})`;
  return `${formats.time(from)}–${formats.time(to)} ${messages.terminalPage.kinds[kind]}${codes}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
