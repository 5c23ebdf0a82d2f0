import type { Assignment } from '../../registry/registry.js';
import { type TerminalBrief, terminalBrief } from '../../terminals/terminal-brief.js';
import { HOURS_OF_WEEK, hourOfWeek } from '../../terminals/usual-rates.js';
import { pendingPresses } from '../pending-presses.js';
import { cellStart, compareCells, type RollupRow } from '../rollup-cells.js';
import type {
  FaultSpan,
  HourOfWeekCounts,
  PresenceSpan,
  PressPage,
  PressQuery,
  RollupCell,
  RollupQuery,
  TerminalDetail,
  TerminalRecord,
  WantedBriefs,
} from '../store.js';
import type { MemoryState, MemoryTerminal } from './memory-state.js';
import { rollupOf } from './replay-marks.js';

/** All rollups, old and derived, one row per press or frozen row. */
export function rollupRows(state: MemoryState): RollupRow[] {
  return [...state.oldRollups, ...state.presses.filter(({ late }) => !late).map(({ press }) => rollupOf(press))];
}

export function readCells(state: MemoryState, query: RollupQuery): RollupCell[] {
  const cells = new Map<string, RollupCell>();
  for (const row of rollupRows(state)) {
    if (row.start < query.from || row.start >= query.to) continue;
    if (query.terminals !== undefined && !query.terminals.includes(row.terminal)) continue;
    if (query.servicePoints !== undefined && !query.servicePoints.some((id) => id === row.servicePoint)) continue;
    const start = cellStart(row.start, query);
    const terminal = query.by === 'terminal' || query.by === 'terminalAndServicePoint' ? row.terminal : undefined;
    const servicePoint =
      query.by === 'servicePoint' || query.by === 'terminalAndServicePoint' ? row.servicePoint : undefined;
    const key = JSON.stringify([start, terminal, servicePoint]);
    const cell = cells.get(key) ?? {
      start,
      ratings: [0, 0, 0, 0],
      repeats: 0,
      estimated: 0,
      excluded: 0,
      ...(terminal !== undefined && { terminal }),
      ...(servicePoint !== undefined && { servicePoint }),
    };
    const [c0, c1, c2, c3, repeats, estimated, excluded] = row.counts;
    const [r0, r1, r2, r3] = cell.ratings;
    cell.ratings = [r0 + c0, r1 + c1, r2 + c2, r3 + c3];
    cell.repeats += repeats;
    cell.estimated += estimated;
    cell.excluded += excluded;
    cells.set(key, cell);
  }
  return [...cells.values()].sort(compareCells);
}

export function readRecords(state: MemoryState, at: number): TerminalRecord[] {
  const ids = new Set([...state.terminals.keys(), ...state.registry.terminals.map((terminal) => terminal.id)]);
  return [...ids].sort().map((id) => readRecord(state, id, at));
}

export function readBriefs(state: MemoryState, at: number, wanted: WantedBriefs): TerminalBrief[] {
  const records = readRecords(state, at);
  const found =
    'only' in wanted
      ? records.filter(({ id }) => wanted.only.includes(id))
      : records.filter(({ id }) => id > wanted.after).slice(0, wanted.most);
  return found.map(terminalBrief);
}

function readRecord(state: MemoryState, id: string, at: number): TerminalRecord {
  const status = state.terminals.get(id)?.status;
  const announced = state.registry.terminals.find((terminal) => terminal.id === id);
  const assignment = assignmentsOf(state, id).find(({ from, to }) => from <= at && (to === undefined || at < to));
  const open = state.incidents.filter((incident) => incident.terminal === id && incident.withdrawnAt === undefined);
  return {
    id,
    ...(announced?.name !== undefined && { name: announced.name }),
    registered: announced !== undefined,
    ...(announced?.retiredAt !== undefined && { retiredAt: announced.retiredAt }),
    ...(announced?.replacedAt !== undefined && { replacedAt: announced.replacedAt }),
    ...(assignment !== undefined && { assignment }),
    ...seenFields(state.terminals.get(id)),
    ...(status !== undefined && { pendingPresses: pendingPresses(status, (epoch) => state.epochs.get(epoch)?.mark) }),
    lostPresses: lostOf(state, id).reduce((sum, { from, to }) => sum + to - from + 1, 0),
    missingPresses: open.reduce((sum, { missing = 0 }) => sum + missing, 0),
  };
}

function seenFields(terminal: MemoryTerminal | undefined): Partial<TerminalRecord> {
  if (terminal === undefined) return {};
  const { id: _id, presence, spans: _spans, faults: _faults, anchorAt: _anchor, pace: _pace, ...fields } = terminal;
  return { ...structuredClone(fields), ...(presence.floorAt > 0 && { seenBlockedAt: presence.floorAt }) };
}

export function readDetail(state: MemoryState, id: string, at: number): TerminalDetail | undefined {
  const record = readRecords(state, at).find((terminal) => terminal.id === id);
  if (record === undefined) return undefined;
  return {
    ...record,
    epochs: [...state.epochs.values()]
      .filter(({ owner }) => owner === id)
      .map(({ epoch, mark, highestReported, firstSeenAt }) => ({ epoch, mark, highestReported, firstSeenAt })),
    lost: lostOf(state, id),
    incidents: structuredClone(state.incidents.filter(({ terminal }) => terminal === id)),
    assignments: assignmentsOf(state, id),
  };
}

export function readPressPage(
  state: MemoryState,
  { terminal, servicePoints, after = 0, limit }: PressQuery,
): PressPage {
  const page = state.presses
    .filter(({ arrival, press }) => arrival > after && (terminal === undefined || press.terminal === terminal))
    .filter(({ press }) => servicePoints?.includes(press.servicePoint ?? '') ?? true)
    .slice(0, limit);
  const next = page.at(-1)?.arrival;
  return { presses: page.map(({ press }) => ({ ...press })), ...(next !== undefined && { next }) };
}

export function readSpans(state: MemoryState, from: number, to: number): PresenceSpan[] {
  const terminals = [...state.terminals.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return terminals.flatMap(({ id, spans }) =>
    spans
      .filter((span) => span.from < to && span.to >= from)
      .sort((a, b) => a.from - b.from)
      .map((span) => ({ terminal: id, ...span })),
  );
}

export function readFaults(state: MemoryState, from: number, to: number): FaultSpan[] {
  const terminals = [...state.terminals.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return terminals.flatMap(({ id, faults }) =>
    faults
      .filter((span) => span.from < to && span.to >= from)
      .sort((a, b) => a.from - b.from || (a.code < b.code ? -1 : 1))
      .map((span) => ({ terminal: id, code: span.code, from: span.from, to: span.to })),
  );
}

function lostOf(state: MemoryState, id: string) {
  return structuredClone(state.lost.filter(({ terminal }) => terminal === id));
}

function assignmentsOf(state: MemoryState, id: string): Assignment[] {
  return structuredClone(state.registry.assignments.filter(({ terminal }) => terminal === id));
}

export function readHoursOfWeek(state: MemoryState, from: number, to: number, offsetMs: number): HourOfWeekCounts[] {
  const sums = new Map<string, HourOfWeekCounts>();
  for (const { start, terminal, servicePoint, counts } of rollupRows(state)) {
    const [c0, c1, c2, c3] = counts;
    const n = c0 + c1 + c2 + c3;
    if (start < from || start >= to || n === 0) continue;
    const key = `${terminal} ${servicePoint ?? ''}`;
    const place = servicePoint === undefined ? {} : { servicePoint };
    const sum = sums.get(key) ?? { terminal, ...place, counts: Array<number>(HOURS_OF_WEEK).fill(0) };
    const hour = hourOfWeek(start, offsetMs);
    sum.counts[hour] = (sum.counts[hour] ?? 0) + n;
    sums.set(key, sum);
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}
