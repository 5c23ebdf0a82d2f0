import { isDeepStrictEqual } from 'node:util';
import type { Registry } from '../registry/registry.js';
import type { RegistrySubjectKind } from '../registry/registry-fault.js';

export type ChangeSubjectKind =
  | RegistrySubjectKind
  | 'exclusion'
  | 'staff-note'
  | 'public-view'
  | 'report-recipient'
  | 'alert-rule'
  | 'alert-recipients'
  | 'api-token'
  | 'mqtt-account'
  | 'user'
  | 'terminal-settings'
  | 'terminal-identity'
  | 'alert'
  | 'report'
  | 'report-mail'
  | 'test-notice'
  /** All of it: `store`, or its `presses` or `rollups`. */
  | 'store';

/** One thing that was changed, as it was and as it is; absent: it did not, or does not, exist. */
export interface Change {
  subject: { kind: ChangeSubjectKind; id: string };
  before?: unknown;
  after?: unknown;
}

/** A line of the log of changes; the log is only ever added to. */
export interface ChangeLogEntry extends Change {
  id: number;
  /** UTC ms. */
  at: number;
  who: string;
  /** Kind of the edit, such as `move-terminal`, or `import`, `exclude`, `revoke-exclusion`, `put-staff-note` … */
  what: string;
  why?: string;
  /** Of the entry and, by the one before, of all before it; see `chainHash`. */
  hash: string;
}

export interface ChangeLogQuery {
  /** Only entries with a smaller id: the next page. */
  before?: number;
  /** Only entries with a larger id, oldest first. */
  after?: number;
  limit: number;
  /** Only of this subject. */
  subject?: { kind: ChangeSubjectKind; id: string };
}

/** Everything that differs between two registries; where a terminal stands is one subject, all its stays together. */
export function registryDifferences(before: Registry, after: Registry): Change[] {
  return [
    ...differences('group', before.groups, after.groups),
    ...differences('service-point', before.servicePoints, after.servicePoints),
    ...differences('question', before.questions, after.questions),
    ...differences('terminal', before.terminals, after.terminals),
    ...differences('assignment', staysOf(before), staysOf(after)).map(({ subject, ...stays }) => ({
      subject,
      ...('before' in stays && { before: (stays.before as Stays).stays }),
      ...('after' in stays && { after: (stays.after as Stays).stays }),
    })),
  ];
}

interface Stays {
  id: string;
  stays: unknown[];
}

function staysOf({ assignments }: Registry): Stays[] {
  const byTerminal = new Map<string, Stays>();
  for (const { terminal, ...stay } of assignments) {
    const held = byTerminal.get(terminal);
    if (held === undefined) byTerminal.set(terminal, { id: terminal, stays: [stay] });
    else held.stays.push(stay);
  }
  return [...byTerminal.values()];
}

function differences<T extends { id: string }>(
  kind: RegistrySubjectKind,
  before: readonly T[],
  after: readonly T[],
): Change[] {
  const old = new Map(before.map((item) => [item.id, item]));
  const now = new Map(after.map((item) => [item.id, item]));
  const ids = [...new Set([...old.keys(), ...now.keys()])].sort();
  return ids.flatMap((id) => {
    const [was, is] = [old.get(id), now.get(id)];
    if (isDeepStrictEqual(was, is)) return [];
    return [
      { subject: { kind, id }, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) },
    ];
  });
}
