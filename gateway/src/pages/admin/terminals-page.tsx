import { localized } from '../../language/language.js';
import type { Registry } from '../../registry/registry.js';
import type { TerminalRecord } from '../../store/store.js';
import type { PageContext } from '../page-context.js';
import { adminPage } from './admin-page.js';

/** Rows of one page of the list. */
const PAGE = 100;

export interface TerminalsModel {
  registry: Registry;
  terminals: readonly TerminalRecord[];
  search: string;
  /** From 0. */
  page: number;
}

interface Row {
  id: string;
  name: string | undefined;
  place: string | undefined;
  retired: boolean;
}

export function terminalsPage({ registry, terminals, search, page }: TerminalsModel, context: PageContext): string {
  const { admin } = context.messages;
  const names = new Map(registry.servicePoints.map(({ id, name }) => [id, localized(name, context.language)]));
  const rows = terminals
    .map(({ id, name, assignment, retiredAt }): Row => {
      const place = assignment && (names.get(assignment.servicePoint) ?? assignment.servicePoint);
      return { id, name, place, retired: retiredAt !== undefined };
    })
    .filter((row) => matches(row, search));
  const last = Math.max(0, Math.ceil(rows.length / PAGE) - 1);
  const shown = Math.min(page, last);
  return adminPage({
    context,
    section: 'terminals',
    title: admin.sections.terminals,
    children: (
      <>
        <p class="actions">
          <a href={context.link('/admin/new-terminal')}>{admin.terminals.newTitle}</a>
        </p>
        <Search search={search} context={context} />
        <p>{admin.terminals.found(rows.length, context.formats.count(rows.length))}</p>
        <TerminalTable rows={rows.slice(shown * PAGE, (shown + 1) * PAGE)} context={context} />
        <p class="actions">
          {shown === 0 ? null : <a href={pageLink(search, shown - 1, context)}>{admin.terminals.previousPage}</a>}
          {shown === last ? null : <a href={pageLink(search, shown + 1, context)}>{admin.terminals.nextPage}</a>}
        </p>
      </>
    ),
  });
}

function matches({ id, name = '', place = '' }: Row, search: string): boolean {
  const wanted = search.toLowerCase();
  return wanted === '' || [id, name, place].some((text) => text.toLowerCase().includes(wanted));
}

function pageLink(search: string, page: number, context: PageContext): string {
  return context.link(`/admin/terminals?${new URLSearchParams({ q: search, page: String(page) })}`);
}

function Search({ search, context }: { search: string; context: PageContext }) {
  const { admin } = context.messages;
  const { lang } = Object.fromEntries(new URL(context.link('/'), 'http://gateway').searchParams);
  return (
    <search>
      <form method="get" action="/admin/terminals" class="form">
        {lang === undefined ? null : <input type="hidden" name="lang" value={lang} />}
        <div class="field">
          <label for="q">{admin.terminals.search}</label>
          <input id="q" name="q" type="search" value={search} maxlength={100} autocomplete="off" />
        </div>
        <p>
          <button type="submit">{admin.terminals.find}</button>
        </p>
      </form>
    </search>
  );
}

function TerminalTable({ rows, context }: { rows: readonly Row[]; context: PageContext }) {
  const { admin, common } = context.messages;
  return (
    <table class="cards compact">
      <caption class="hidden">{admin.sections.terminals}</caption>
      <thead>
        <tr>
          <th scope="col">{common.terminal}</th>
          <th scope="col">{admin.terminals.name}</th>
          <th scope="col">{admin.terminals.standsAt}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, place, retired }) => (
          <tr key={id}>
            <th scope="row">
              <a href={context.link(`/admin/terminals/${id}`)}>{id}</a>
            </th>
            <td data-label={admin.terminals.name}>{name ?? '–'}</td>
            <td data-label={admin.terminals.standsAt}>
              {retired ? admin.terminals.outOfUse : (place ?? common.unassigned)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
