import type {
  Assignment,
  Group,
  OpeningHours,
  Question,
  RegisteredTerminal,
  Registry,
  ServicePoint,
} from '../../registry/registry.js';
import type { Db } from './database.js';

interface GroupRow {
  id: string;
  parent: string | null;
  name: string;
  exceptions: string | null;
}
interface TerminalRow {
  id: string;
  name: string | null;
  retiredAt: number | null;
  replacedAt: number | null;
}
interface PointRow {
  id: string;
  group: string;
  name: string;
  repeatWindowMs: number;
  openingHours: string | null;
  exceptions: string | null;
}
interface AssignmentRow {
  terminal: string;
  from: number;
  to: number | null;
  servicePoint: string;
  question: string | null;
}

/**
 * The whole registry, sorted by id. What is named in several places is one string in all, since each row brings strings of
 * its own; and each field is named, for what is made with a rest or a spread takes up to three times the memory.
 */
export function readRegistry(db: Db): Registry {
  const groups = db.prepare<[], GroupRow>('SELECT id, parent, name, exceptions FROM groups ORDER BY id').all();
  const points = db
    .prepare<[], PointRow>(
      `SELECT id, "group", name, repeat_window_ms AS repeatWindowMs, opening_hours AS openingHours, exceptions
       FROM service_points ORDER BY id`,
    )
    .all();
  const questions = db.prepare<[], { id: string; text: string }>('SELECT id, text FROM questions ORDER BY id').all();
  const terminals = db
    .prepare<[], TerminalRow>(
      `SELECT id, name, retired_at AS retiredAt, replaced_at AS replacedAt FROM terminals
       WHERE registered = 1 ORDER BY id`,
    )
    .all();
  const ids = new Map([groups, points, questions, terminals].flatMap((rows) => rows.map(({ id }) => [id, id])));
  const sameOf = (id: string): string => ids.get(id) ?? id;
  return {
    groups: groups.map(toGroup),
    servicePoints: points.map(pointReader(sameOf)),
    questions: questions.map(({ id, text }): Question => ({ id, text: JSON.parse(text) })),
    terminals: terminals.map(toTerminal),
    assignments: readAssignments(db, undefined, sameOf),
  };
}

const ASSIGNMENTS = `SELECT t.id AS terminal, a.from_at AS "from", a.to_at AS "to", s.id AS servicePoint, a.question
  FROM assignments a JOIN terminals t ON t.key = a.terminal JOIN service_points s ON s.key = a.service_point`;

/** Assignments of one terminal or all, sorted by (terminal, from). `sameOf`: the same id, as it is named elsewhere. */
export function readAssignments(db: Db, terminal?: string, sameOf = (id: string): string => id): Assignment[] {
  const rows =
    terminal === undefined
      ? db.prepare<[], AssignmentRow>(`${ASSIGNMENTS} ORDER BY t.id, a.from_at`).all()
      : db.prepare<[string], AssignmentRow>(`${ASSIGNMENTS} WHERE t.id = ? ORDER BY a.from_at`).all(terminal);
  return rows.map(({ terminal: of, from, to, servicePoint, question }) => {
    const stay: Assignment =
      question === null
        ? { terminal: sameOf(of), servicePoint: sameOf(servicePoint), from }
        : { terminal: sameOf(of), servicePoint: sameOf(servicePoint), from, question: sameOf(question) };
    if (to !== null) stay.to = to;
    return stay;
  });
}

/** Whether presses, exclusions or notes name a service point. */
export function hasHistory(db: Db, servicePoint: string): boolean {
  const named = db.prepare<[{ id: string }], object>(
    `SELECT 1 FROM exclusions WHERE service_point = @id UNION ALL SELECT 1 FROM staff_notes WHERE service_point = @id
     UNION ALL SELECT 1 FROM rollups r JOIN service_points s ON s.key = r.service_point WHERE s.id = @id
       AND r.terminal IN (SELECT p.terminal FROM rollup_places p WHERE p.service_point = s.key) LIMIT 1`,
  );
  return named.get({ id: servicePoint }) !== undefined;
}

/** Makes the tables say what `registry` says; keys of service points and terminals stay. Call inside a transaction. */
export function writeRegistry(db: Db, registry: Registry): void {
  removeOthers(db, 'groups', registry.groups);
  removeOthers(db, 'service_points', registry.servicePoints);
  removeOthers(db, 'questions', registry.questions);
  const group = db.prepare(
    `INSERT INTO groups (id, parent, name, exceptions) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET
     parent = excluded.parent, name = excluded.name, exceptions = excluded.exceptions`,
  );
  for (const { id, parent, name, exceptions } of registry.groups) {
    group.run(id, parent ?? null, JSON.stringify(name), json(exceptions));
  }
  const point = db.prepare(
    `INSERT INTO service_points (id, "group", name, repeat_window_ms, opening_hours, exceptions) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET "group" = excluded."group", name = excluded.name, exceptions = excluded.exceptions,
     repeat_window_ms = excluded.repeat_window_ms, opening_hours = excluded.opening_hours`,
  );
  for (const { id, group: of, name, repeatWindowMs, openingHours, exceptions } of registry.servicePoints) {
    point.run(id, of, JSON.stringify(name), repeatWindowMs, json(openingHours), json(exceptions));
  }
  const question = db.prepare('INSERT INTO questions VALUES (?, ?) ON CONFLICT DO UPDATE SET text = excluded.text');
  for (const { id, text } of registry.questions) question.run(id, JSON.stringify(text));
  const terminal = db.prepare(
    `INSERT INTO terminals (id, name, registered, retired_at, replaced_at) VALUES (?, ?, 1, ?, ?) ON CONFLICT (id) DO
     UPDATE SET name = excluded.name, registered = 1, retired_at = excluded.retired_at, replaced_at = excluded.replaced_at`,
  );
  for (const { id, name, retiredAt, replacedAt } of registry.terminals) {
    terminal.run(id, name ?? null, retiredAt ?? null, replacedAt ?? null);
  }
  db.prepare('DELETE FROM assignments').run();
  const assignment = db.prepare(
    `INSERT INTO assignments SELECT t.key, ?, ?, s.key, ? FROM terminals t, service_points s WHERE t.id = ? AND s.id = ?`,
  );
  for (const { terminal: of, from, to, servicePoint, question: asks } of registry.assignments) {
    assignment.run(from, to ?? null, asks ?? null, of, servicePoint);
  }
}

function removeOthers(
  db: Db,
  table: 'groups' | 'service_points' | 'questions',
  items: readonly { id: string }[],
): void {
  const kept = new Set(items.map(({ id }) => id));
  const remove = db.prepare(`DELETE FROM ${table} WHERE id = ?`);
  for (const { id } of db.prepare<[], { id: string }>(`SELECT id FROM ${table}`).all()) {
    if (kept.has(id)) continue;
    if (table === 'service_points') {
      db.prepare('DELETE FROM assignments WHERE service_point = (SELECT key FROM service_points WHERE id = ?)').run(id);
    }
    remove.run(id);
  }
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function toGroup({ id, parent, name, exceptions }: GroupRow): Group {
  return {
    id,
    ...(parent !== null && { parent }),
    name: JSON.parse(name),
    ...(exceptions !== null && { exceptions: JSON.parse(exceptions) }),
  };
}

/** Reads service points. Those with the same opening hours share them: of thousands of places most have the usual ones. */
function pointReader(sameOf: (id: string) => string): (row: PointRow) => ServicePoint {
  const hours = new Map<string, OpeningHours>();
  const hoursOf = (text: string): OpeningHours => {
    const known = hours.get(text) ?? (JSON.parse(text) as OpeningHours);
    hours.set(text, known);
    return known;
  };
  return ({ id, group: of, name: text, repeatWindowMs, openingHours, exceptions }) => {
    const group = sameOf(of);
    const name = JSON.parse(text);
    const point: ServicePoint =
      openingHours === null
        ? { id, group, name, repeatWindowMs }
        : { id, group, name, repeatWindowMs, openingHours: hoursOf(openingHours) };
    if (exceptions !== null) point.exceptions = JSON.parse(exceptions);
    return point;
  };
}

function toTerminal({ id, name, retiredAt, replacedAt }: TerminalRow): RegisteredTerminal {
  const terminal: RegisteredTerminal = name === null ? { id } : { id, name };
  if (retiredAt !== null) terminal.retiredAt = retiredAt;
  if (replacedAt !== null) terminal.replacedAt = replacedAt;
  return terminal;
}
