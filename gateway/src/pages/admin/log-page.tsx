import type { AuditHead } from '../../administration/audit-chain.js';
import type { ChangeLogEntry } from '../../administration/change-log.js';
import type { PageContext } from '../page-context.js';
import { adminPage } from './admin-page.js';

/** Entries of one page. */
export const LOG_PAGE = 50;

export interface LogModel {
  /** One more than are shown where there are older ones. */
  entries: readonly ChangeLogEntry[];
  head: AuditHead;
}

export function logPage({ entries, head }: LogModel, context: PageContext): string {
  const { admin } = context.messages;
  const shown = entries.slice(0, LOG_PAGE);
  const last = shown.at(-1);
  return adminPage({
    context,
    section: 'log',
    title: admin.sections.log,
    children: (
      <>
        <p class="lead">{admin.log.lead}</p>
        {shown.length === 0 ? <p>{admin.noChanges}</p> : <LogList entries={shown} context={context} />}
        {last === undefined || entries.length <= LOG_PAGE ? null : (
          <p>
            <a href={context.link(`/admin/log?before=${last.id}`)}>{admin.log.older}</a>
          </p>
        )}
        {head.entries === 0 ? null : (
          <p>
            {admin.log.head(head.entries)} <code class="id-like">{head.hash}</code>
          </p>
        )}
      </>
    ),
  });
}

const PATHS: Readonly<Record<string, string>> = {
  group: '/admin/groups/',
  'service-point': '/admin/service-points/',
  question: '/admin/questions/',
  terminal: '/admin/terminals/',
  assignment: '/admin/terminals/',
  exclusion: '/admin/exclusions/',
  'staff-note': '/admin/notes/',
  'public-view': '/admin/service-points/',
  'report-recipient': '/admin/report-recipients/',
  alert: '/alerts/',
};

/** Where a subject is looked at; undefined: nowhere. The last part of a rule's id is its name, before it stands what it holds for. */
function pathOf({ kind, id }: ChangeLogEntry['subject']): string | undefined {
  if (kind === 'alert-recipients') return `/admin/alert-rules?scope=${id}`;
  if (kind === 'alert-rule') return `/admin/alert-rules?scope=${id.slice(0, id.lastIndexOf('/'))}`;
  if (kind === 'terminal-settings') return `/admin/settings/${id === 'organisation' ? 'organisation/all' : id}`;
  const path = PATHS[kind];
  return path === undefined ? undefined : `${path}${id}`;
}

/** Changes as a table, newest first. */
export function LogList({ entries, context }: { entries: readonly ChangeLogEntry[]; context: PageContext }) {
  const { log } = context.messages.admin;
  return (
    <table class="cards">
      <caption class="hidden">{log.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{log.when}</th>
          <th scope="col">{log.who}</th>
          <th scope="col">{log.what}</th>
          <th scope="col">{log.subject}</th>
          <th scope="col">{log.change}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <LogRow key={entry.id} entry={entry} context={context} />
        ))}
      </tbody>
    </table>
  );
}

function LogRow({ entry, context }: { entry: ChangeLogEntry; context: PageContext }) {
  const { formats, messages } = context;
  const { log } = messages.admin;
  const { at, who, what, subject, why } = entry;
  const path = pathOf(subject);
  return (
    <tr>
      <th scope="row">{formats.full(at)}</th>
      <td data-label={log.who}>{who}</td>
      <td data-label={log.what}>{log.whats[what] ?? what}</td>
      <td class="wide" data-label={log.subject}>
        {log.kinds[subject.kind] ?? subject.kind}{' '}
        {path === undefined ? subject.id : <a href={context.link(path)}>{subject.id}</a>}
      </td>
      <td class="wide" data-label={log.change}>
        {why === undefined ? null : <p>{log.why(why)}</p>}
        <details>
          <summary>{log.change}</summary>
          <State label={log.before} value={entry.before} />
          <State label={log.after} value={entry.after} />
        </details>
      </td>
    </tr>
  );
}

/** As it is in the data: the log is for looking things up. */
function State({ label, value }: { label: string; value: unknown }) {
  if (value === undefined) return null;
  return (
    <>
      <p>{label}</p>
      <pre>{JSON.stringify(value, undefined, 1)}</pre>
    </>
  );
}
