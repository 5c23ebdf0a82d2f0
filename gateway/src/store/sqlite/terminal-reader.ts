import type { Availability, StatusMessage } from '@hymio/protocol';
import type { Assignment } from '../../registry/registry.js';
import { pendingPresses } from '../pending-presses.js';
import type { EpochRecord, Incident, LostRange, TerminalDetail, TerminalRecord } from '../store.js';
import type { Db } from './database.js';
import { readIncidents } from './incident-rows.js';
import { newer } from './newer.js';
import { readAssignments } from './registry-rows.js';

interface Row {
  id: string;
  name: string | null;
  registered: number;
  retiredAt: number | null;
  replacedAt: number | null;
  firstSeenAt: number | null;
  seenAt: number | null;
  receivedAt: number | null;
  pressAt: number | null;
  epochPressAt: number | null;
  availability: Availability | null;
  availabilityAt: number | null;
  message: string | null;
  statusAt: number | null;
  blockedAt: number;
  lostPresses: number;
}

const TERMINALS = `SELECT t.id, t.name, t.registered,
  t.retired_at AS retiredAt, t.replaced_at AS replacedAt, t.first_seen_at AS firstSeenAt, t.last_seen_at AS seenAt,
  e.last_received_at AS receivedAt, t.last_press_at AS pressAt, e.last_press_at AS epochPressAt, t.availability,
  t.availability_at AS availabilityAt, s.message, s.received_at AS statusAt, t.presence_floor AS blockedAt,
  t.lost_presses AS lostPresses
  FROM terminals t LEFT JOIN epochs e ON e.key = t.current_epoch LEFT JOIN statuses s ON s.terminal = t.key`;

const MISSING = `SELECT t.id, sum(i.missing) AS missing FROM incidents i JOIN terminals t ON t.key = i.terminal
  WHERE i.withdrawn_at IS NULL GROUP BY i.terminal`;

/** Up to so large a part of all terminals, and always up to so many, are read one by one. */
const FEW_TERMINALS = { part: 1 / 4, count: 24 };

/** All terminals, or only those, by id, with the assignment in force at `at` (UTC ms). */
export function readTerminals(db: Db, at: number, only?: readonly string[]): TerminalRecord[] {
  if (only !== undefined && areFew(db, only)) {
    return [...new Set(only)].sort().flatMap((id) => readRecord(db, id, at) ?? []);
  }
  const wanted = only && new Set(only);
  const records = readAllTerminals(db, at);
  return wanted === undefined ? records : records.filter(({ id }) => wanted.has(id));
}

function areFew(db: Db, { length }: readonly string[]): boolean {
  if (length <= FEW_TERMINALS.count) return true;
  const all = db.prepare<[], { count: number }>('SELECT count(*) AS count FROM terminals').get()?.count ?? 0;
  return length <= all * FEW_TERMINALS.part;
}

function readRecord(db: Db, id: string, at: number): TerminalRecord | undefined {
  const row = db.prepare<[string], Row>(`${TERMINALS} WHERE t.id = ?`).get(id);
  if (row === undefined) return undefined;
  const assignment = readAssignments(db, id).find((item) => isInForce(item, at));
  return toRecord(row, markFinder(db), assignment, missingOf(readIncidents(db, id)));
}

function missingOf(incidents: readonly Incident[]): number {
  return incidents.reduce((sum, { withdrawnAt, missing = 0 }) => (withdrawnAt === undefined ? sum + missing : sum), 0);
}

function readAllTerminals(db: Db, at: number): TerminalRecord[] {
  const missing = new Map(
    db
      .prepare<[], { id: string; missing: number }>(MISSING)
      .all()
      .map((row) => [row.id, row.missing]),
  );
  const assignments = new Map(
    readAssignments(db)
      .filter((item) => isInForce(item, at))
      .map((item) => [item.terminal, item]),
  );
  const rows = db.prepare<[], Row>(`${TERMINALS} ORDER BY t.id`).all();
  const markOf = markFinder(db);
  return rows.map((row) => toRecord(row, markOf, assignments.get(row.id), missing.get(row.id) ?? 0));
}

/** One terminal with everything known of it. */
export function readTerminal(db: Db, id: string, at: number): TerminalDetail | undefined {
  const row = db.prepare<[string], Row>(`${TERMINALS} WHERE t.id = ?`).get(id);
  if (row === undefined) return undefined;
  const assignments = readAssignments(db, id);
  const incidents = readIncidents(db, id);
  const missing = missingOf(incidents);
  const record = toRecord(
    row,
    markFinder(db),
    assignments.find((item) => isInForce(item, at)),
    missing,
  );
  return { ...record, epochs: readEpochs(db, id), lost: readLostOf(db, id), incidents, assignments };
}

function isInForce({ from, to }: Assignment, at: number): boolean {
  return from <= at && (to === undefined || at < to);
}

function readEpochs(db: Db, terminal: string): EpochRecord[] {
  return db
    .prepare<[string], EpochRecord>(
      `SELECT e.id AS epoch, e.mark, e.highest_reported AS highestReported, e.first_seen_at AS firstSeenAt
       FROM epochs e JOIN terminals t ON t.key = e.terminal WHERE t.id = ? ORDER BY e.key`,
    )
    .all(terminal);
}

const LOST = `SELECT t.id AS terminal, e.id AS epoch, l.from_seq AS "from", l.to_seq AS "to", l.recorded_at AS recordedAt
  FROM lost l JOIN terminals t ON t.key = l.terminal JOIN epochs e ON e.key = l.epoch`;

function readLostOf(db: Db, terminal: string): LostRange[] {
  return db.prepare<[string], LostRange>(`${LOST} WHERE t.id = ? ORDER BY l.id`).all(terminal);
}

/** Lost ranges recorded in [from, to), in that order. */
export function readLostRanges(db: Db, from: number, to: number): LostRange[] {
  return db
    .prepare<[number, number], LostRange>(
      `${LOST} WHERE l.recorded_at >= ? AND l.recorded_at < ? ORDER BY l.recorded_at, l.id`,
    )
    .all(from, to);
}

function markFinder(db: Db): (epoch: string) => number | undefined {
  const find = db.prepare<[string], { mark: number }>('SELECT mark FROM epochs WHERE id = ?');
  return (epoch) => find.get(epoch)?.mark;
}

function toRecord(
  row: Row,
  markOf: (epoch: string) => number | undefined,
  assignment: Assignment | undefined,
  missingPresses: number,
): TerminalRecord {
  const status: StatusMessage | undefined = row.message === null ? undefined : JSON.parse(row.message);
  const lastSeenAt = newer(row.seenAt, row.receivedAt);
  const lastPressAt = newer(row.pressAt, row.epochPressAt);
  return {
    id: row.id,
    ...(row.name !== null && { name: row.name }),
    registered: row.registered === 1,
    ...(row.retiredAt !== null && { retiredAt: row.retiredAt }),
    ...(row.replacedAt !== null && { replacedAt: row.replacedAt }),
    ...(assignment !== undefined && { assignment }),
    ...(row.firstSeenAt !== null && { firstSeenAt: row.firstSeenAt }),
    ...(lastSeenAt !== null && { lastSeenAt }),
    ...(row.availability !== null && { availability: row.availability }),
    ...(row.availabilityAt !== null && { availabilityAt: row.availabilityAt }),
    ...(status !== undefined && { status, pendingPresses: pendingPresses(status, markOf) }),
    ...(row.statusAt !== null && { statusAt: row.statusAt }),
    ...(lastPressAt !== null && { lastPressAt }),
    ...(row.blockedAt > 0 && { seenBlockedAt: row.blockedAt }),
    lostPresses: row.lostPresses,
    missingPresses,
  };
}
