import type { Assignment, Registry } from './registry.js';

/** Order of assignments in a registry. */
export function compareStays(a: Assignment, b: Assignment): number {
  return a.terminal === b.terminal ? a.from - b.from : a.terminal < b.terminal ? -1 : 1;
}

/** Whether a stay is in force at an instant, UTC ms. */
export function isStayAt({ from, to }: Assignment, at: number): boolean {
  return from <= at && (to === undefined || at < to);
}

export interface Move {
  terminal: string;
  from: number;
  /** Absent: away. */
  servicePoint?: string;
  question?: string;
  /** The terminal is out of use from then on, UTC ms. */
  retiredAt?: number;
}

/** Where terminals stand once one was moved: the stay (or the gap) that the instant falls in is divided there. */
export function afterMove(
  stays: readonly Assignment[],
  { terminal, from, servicePoint, question, retiredAt }: Move,
): Assignment[] {
  const own = stays.filter((stay) => stay.terminal === terminal);
  const current = own.find((stay) => isStayAt(stay, from));
  const next = own.find((stay) => stay.from > from)?.from;
  const retired = retiredAt !== undefined && from < retiredAt ? retiredAt : undefined;
  const until = current === undefined ? least(next, retired) : current.to;
  const kept = stays.filter((stay) => stay !== current);
  if (current !== undefined && current.from < from) kept.push({ ...current, to: from });
  if (servicePoint !== undefined) {
    kept.push({
      terminal,
      servicePoint,
      ...(question !== undefined && { question }),
      from,
      ...(until !== undefined && { to: until }),
    });
  }
  return joined(kept);
}

function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

/**
 * Where terminals stand once a place asks another question from an instant on: every stay there, cut at that instant,
 * until the next one that began with yet another question. Undefined where nobody stands there then.
 */
export function afterAsking(
  stays: readonly Assignment[],
  { servicePoint, from, question }: { servicePoint: string; from: number; question?: string },
): Assignment[] | undefined {
  const there = stays.filter((stay) => stay.servicePoint === servicePoint);
  const current = there.filter((stay) => isStayAt(stay, from));
  if (current.length === 0) return undefined;
  const asked = new Set(current.map((stay) => stay.question));
  const until = Math.min(
    ...there.filter((stay) => stay.from > from && !asked.has(stay.question)).map((stay) => stay.from),
  );
  const changed = stays.flatMap((stay) => {
    const [start, end] = [Math.max(stay.from, from), Math.min(stay.to ?? Infinity, until)];
    if (stay.servicePoint !== servicePoint || start >= end) return [stay];
    const { question: _before, to: _to, ...rest } = stay;
    const asks = question === undefined ? {} : { question };
    const parts: Assignment[] = [{ ...rest, ...asks, from: start, ...(end < Infinity && { to: end }) }];
    if (stay.from < start) parts.unshift({ ...stay, to: start });
    if (end < (stay.to ?? Infinity)) parts.push({ ...stay, from: end });
    return parts;
  });
  return joined(changed);
}

/** Stays of a terminal out of use end then; those that would have begun later are gone. */
export function afterRetirement(stays: readonly Assignment[], terminal: string, at: number): Assignment[] {
  return stays.flatMap((stay) => {
    if (stay.terminal !== terminal || (stay.to ?? Infinity) <= at) return [stay];
    return stay.from < at ? [{ ...stay, to: at }] : [];
  });
}

/** In order, and what follows on the same is one stay. */
function joined(stays: readonly Assignment[]): Assignment[] {
  const result: Assignment[] = [];
  for (const stay of [...stays].sort(compareStays)) {
    const last = result.at(-1);
    if (last !== undefined && continues(last, stay)) {
      const { to: _to, ...rest } = last;
      result[result.length - 1] = { ...rest, ...(stay.to !== undefined && { to: stay.to }) };
    } else result.push(stay);
  }
  return result;
}

function continues(a: Assignment, b: Assignment): boolean {
  return a.terminal === b.terminal && a.to === b.from && a.servicePoint === b.servicePoint && a.question === b.question;
}

/** The periods in which a question was asked somewhere, by place; stays that overlap or touch are one. */
export function periodsOf(registry: Registry, question: string): Pick<Assignment, 'servicePoint' | 'from' | 'to'>[] {
  const asked = registry.assignments
    .filter((stay) => stay.question === question)
    .sort((a, b) => (a.servicePoint === b.servicePoint ? a.from - b.from : a.servicePoint < b.servicePoint ? -1 : 1));
  const periods: Pick<Assignment, 'servicePoint' | 'from' | 'to'>[] = [];
  for (const { servicePoint, from, to } of asked) {
    const last = periods.at(-1);
    if (last?.servicePoint === servicePoint && from <= (last.to ?? Infinity)) {
      if (to === undefined || last.to === undefined) delete last.to;
      else last.to = Math.max(last.to, to);
    } else periods.push({ servicePoint, from, ...(to !== undefined && { to }) });
  }
  return periods;
}
