import type { Availability, StatusMessage } from '@hymio/protocol';
import { statusBrief, type TerminalBrief } from '../../terminals/terminal-brief.js';
import { pendingPresses } from '../pending-presses.js';
import type { WantedBriefs } from '../store.js';
import type { Db } from './database.js';
import { newer } from './newer.js';

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
  currentEpoch: string | null;
  currentMark: number | null;
  availability: Availability | null;
  availabilityAt: number | null;
  message: string | null;
  statusAt: number | null;
  blockedAt: number;
  lostPresses: number;
  missingPresses: number;
  assignedFrom: number | null;
  assignedTo: number | null;
  servicePoint: string | null;
  question: string | null;
}

/** Assignments of a terminal do not overlap: at most one is in force. */
const BRIEFS = `SELECT t.id, t.name, t.registered, t.retired_at AS retiredAt, t.replaced_at AS replacedAt,
  t.first_seen_at AS firstSeenAt, t.last_seen_at AS seenAt, e.last_received_at AS receivedAt, t.last_press_at AS pressAt,
  e.last_press_at AS epochPressAt, e.id AS currentEpoch, e.mark AS currentMark, t.availability,
  t.availability_at AS availabilityAt, s.message, s.received_at AS statusAt, t.presence_floor AS blockedAt,
  t.lost_presses AS lostPresses, a.from_at AS assignedFrom, a.to_at AS assignedTo, p.id AS servicePoint, a.question,
  (SELECT coalesce(sum(i.missing), 0) FROM incidents i WHERE i.terminal = t.key AND i.withdrawn_at IS NULL)
    AS missingPresses
  FROM terminals t LEFT JOIN epochs e ON e.key = t.current_epoch LEFT JOIN statuses s ON s.terminal = t.key
  LEFT JOIN assignments a ON a.terminal = t.key AND a.from_at <= @at AND (a.to_at IS NULL OR a.to_at > @at)
  LEFT JOIN service_points p ON p.key = a.service_point`;

const NAMED = `${BRIEFS} WHERE t.id IN (SELECT value FROM json_each(@only)) ORDER BY t.id`;
const AFTER = `${BRIEFS} WHERE t.id > @after ORDER BY t.id LIMIT @most`;

/** The terminals wanted, by id, with the assignment in force at `at` (UTC ms). */
export function readBriefs(db: Db, at: number, wanted: WantedBriefs): TerminalBrief[] {
  const rows =
    'only' in wanted
      ? db.prepare<[object], Row>(NAMED).all({ at, only: JSON.stringify(wanted.only) })
      : db.prepare<[object], Row>(AFTER).all({ at, after: wanted.after, most: wanted.most });
  const findMark = db.prepare<[string], { mark: number }>('SELECT mark FROM epochs WHERE id = ?');
  return rows.map((row) =>
    toBrief(row, (epoch) => (epoch === row.currentEpoch ? (row.currentMark ?? undefined) : findMark.get(epoch)?.mark)),
  );
}

/** With every field, as `terminalBrief` makes them. */
function toBrief(row: Row, markOf: (epoch: string) => number | undefined): TerminalBrief {
  const status: StatusMessage | undefined = row.message === null ? undefined : JSON.parse(row.message);
  return {
    id: row.id,
    name: row.name ?? undefined,
    registered: row.registered === 1,
    retiredAt: row.retiredAt ?? undefined,
    replacedAt: row.replacedAt ?? undefined,
    assignment: assignmentOf(row),
    firstSeenAt: row.firstSeenAt ?? undefined,
    lastSeenAt: newer(row.seenAt, row.receivedAt) ?? undefined,
    availability: row.availability ?? undefined,
    availabilityAt: row.availabilityAt ?? undefined,
    status: status && statusBrief(status),
    statusAt: row.statusAt ?? undefined,
    pendingPresses: status && pendingPresses(status, markOf),
    lastPressAt: newer(row.pressAt, row.epochPressAt) ?? undefined,
    seenBlockedAt: row.blockedAt > 0 ? row.blockedAt : undefined,
    lostPresses: row.lostPresses,
    missingPresses: row.missingPresses,
  };
}

function assignmentOf({ id, servicePoint, assignedFrom, assignedTo, question }: Row): TerminalBrief['assignment'] {
  if (servicePoint === null || assignedFrom === null) return undefined;
  return {
    terminal: id,
    from: assignedFrom,
    servicePoint,
    ...(assignedTo !== null && { to: assignedTo }),
    ...(question !== null && { question }),
  };
}
