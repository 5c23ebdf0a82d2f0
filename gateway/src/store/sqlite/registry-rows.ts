import type {
  Assignment,
  Group,
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
}
interface PointRow {
  id: string;
  group: string;
  name: string;
  repeatWindowMs: number;
  openingHours: string | null;
}
interface AssignmentRow {
  terminal: string;
  from: number;
  to: number | null;
  servicePoint: string;
  question: string | null;
}

/** The whole registry, sorted by id. */
export function readRegistry(db: Db): Registry {
  return {
    groups: db.prepare<[], GroupRow>('SELECT id, parent, name FROM groups ORDER BY id').all().map(toGroup),
    servicePoints: db
      .prepare<[], PointRow>(
        `SELECT id, "group", name, repeat_window_ms AS repeatWindowMs, opening_hours AS openingHours
         FROM service_points ORDER BY id`,
      )
      .all()
      .map(toServicePoint),
    questions: db
      .prepare<[], { id: string; text: string }>('SELECT id, text FROM questions ORDER BY id')
      .all()
      .map(({ id, text }): Question => ({ id, text: JSON.parse(text) })),
    terminals: db
      .prepare<[], { id: string; name: string | null }>(
        'SELECT id, name FROM terminals WHERE registered = 1 ORDER BY id',
      )
      .all()
      .map(({ id, name }): RegisteredTerminal => ({ id, ...(name !== null && { name }) })),
    assignments: readAssignments(db),
  };
}

const ASSIGNMENTS = `SELECT t.id AS terminal, a.from_at AS "from", a.to_at AS "to", s.id AS servicePoint, a.question
  FROM assignments a JOIN terminals t ON t.key = a.terminal JOIN service_points s ON s.key = a.service_point`;

/** Assignments of one terminal or all, sorted by (terminal, from). */
export function readAssignments(db: Db, terminal?: string): Assignment[] {
  const rows =
    terminal === undefined
      ? db.prepare<[], AssignmentRow>(`${ASSIGNMENTS} ORDER BY t.id, a.from_at`).all()
      : db.prepare<[string], AssignmentRow>(`${ASSIGNMENTS} WHERE t.id = ? ORDER BY a.from_at`).all(terminal);
  return rows.map(({ to, question, ...rest }) => ({
    ...rest,
    ...(to !== null && { to }),
    ...(question !== null && { question }),
  }));
}

/** Makes the tables say what `registry` says; keys of service points and terminals stay. Call inside a transaction. */
export function writeRegistry(db: Db, registry: Registry): void {
  const group = db.prepare(
    'INSERT INTO groups (id, parent, name) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET parent = excluded.parent, name = excluded.name',
  );
  for (const { id, parent, name } of registry.groups) group.run(id, parent ?? null, JSON.stringify(name));
  const point = db.prepare(
    `INSERT INTO service_points (id, "group", name, repeat_window_ms, opening_hours) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET "group" = excluded."group", name = excluded.name,
     repeat_window_ms = excluded.repeat_window_ms, opening_hours = excluded.opening_hours`,
  );
  for (const { id, group: of, name, repeatWindowMs, openingHours } of registry.servicePoints) {
    point.run(
      id,
      of,
      JSON.stringify(name),
      repeatWindowMs,
      openingHours === undefined ? null : JSON.stringify(openingHours),
    );
  }
  const question = db.prepare('INSERT INTO questions VALUES (?, ?) ON CONFLICT DO UPDATE SET text = excluded.text');
  for (const { id, text } of registry.questions) question.run(id, JSON.stringify(text));
  const terminal = db.prepare(
    'INSERT INTO terminals (id, name, registered) VALUES (?, ?, 1) ON CONFLICT (id) DO UPDATE SET name = excluded.name, registered = 1',
  );
  for (const { id, name } of registry.terminals) terminal.run(id, name ?? null);
  db.prepare('DELETE FROM assignments').run();
  const assignment = db.prepare(
    `INSERT INTO assignments SELECT t.key, ?, ?, s.key, ? FROM terminals t, service_points s WHERE t.id = ? AND s.id = ?`,
  );
  for (const { terminal: of, from, to, servicePoint, question: asks } of registry.assignments) {
    assignment.run(from, to ?? null, asks ?? null, of, servicePoint);
  }
}

function toGroup({ id, parent, name }: GroupRow): Group {
  return { id, ...(parent !== null && { parent }), name: JSON.parse(name) };
}

function toServicePoint({ openingHours, name, ...rest }: PointRow): ServicePoint {
  return { ...rest, name: JSON.parse(name), ...(openingHours !== null && { openingHours: JSON.parse(openingHours) }) };
}
