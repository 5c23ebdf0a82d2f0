import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { headOf } from '../../administration/audit-chain.js';
import type { PageContext } from '../page-context.js';
import { type PageView, pageView } from '../page-view.js';
import { loadExclusion, loadGroup, loadNote, loadPoint, loadQuestion, loadTerminal } from './admin-models.js';
import { exclusionPage, exclusionsPage } from './exclusions-page.js';
import { groupPage } from './group-page.js';
import { LOG_PAGE, logPage } from './log-page.js';
import { newExclusionView } from './new-exclusion-view.js';
import { notePage } from './note-page.js';
import { placesPage } from './places-page.js';
import { questionPage, questionsPage } from './questions-page.js';
import { REPORT_RECIPIENT_VIEWS } from './reports/report-recipient-views.js';
import { pointPage } from './service-point-page.js';
import { SETTINGS_VIEWS } from './settings/settings-views.js';
import { shutOutPage } from './shut-out-page.js';
import { newTerminalPage, terminalPage } from './terminal-page.js';
import { terminalsPage } from './terminals-page.js';

const none = z.object({});
const byId = z.object({ id: idSchema });
const byNumber = z.object({ id: z.coerce.number().int().min(1) });
const pageQuery = z.object({ page: z.coerce.number().int().min(0).max(100_000).catch(0) });
/** What somebody types into is not changed under their hands. */
const still = { concerns: () => () => false };
type Parts = Parameters<PageView['show']>[1];

/** A page of one item, by its id. */
function itemView<Model>(
  path: string,
  load: (parts: Parts, id: string, now: number) => Promise<Model>,
  render: (model: Model, context: PageContext) => string,
): PageView {
  const reads = ({ params, now }: { params: { id: string }; now: number }, parts: Parts) => load(parts, params.id, now);
  return pageView({ path, params: byId, query: none, load: reads, render: (m, c) => render(m, c), ...still });
}

/** A page of something numbered. */
function numberView<Model>(
  path: string,
  load: (parts: Parts, id: number) => Promise<Model>,
  render: (model: Model, context: PageContext) => string,
): PageView {
  const reads = ({ params }: { params: { id: number } }, parts: Parts) => load(parts, params.id);
  return pageView({ path, params: byNumber, query: none, load: reads, render: (m, c) => render(m, c), ...still });
}

/** A page that the registry alone makes. */
function registryView(path: string, render: (model: Registry, context: PageContext) => string): PageView {
  return pageView({ path, params: none, query: none, load: (_, { store }) => store.registry(), render, ...still });
}
type Registry = Awaited<ReturnType<Parts['store']['registry']>>;

const terminalsView = pageView({
  path: '/admin/terminals',
  params: none,
  query: pageQuery.extend({ q: z.string().max(100).catch('') }),
  async load({ query: { q, page }, now }, { store }) {
    const [registry, terminals] = await Promise.all([store.registry(), store.terminals(now)]);
    return { registry, terminals, search: q.trim(), page };
  },
  render: terminalsPage,
  ...still,
});

const exclusionsView = pageView({
  path: '/admin/exclusions',
  params: none,
  query: pageQuery,
  async load({ query: { page } }, { store }) {
    const [registry, exclusions] = await Promise.all([store.registry(), store.exclusions()]);
    return { registry, exclusions, page };
  },
  render: exclusionsPage,
  ...still,
});

const logView = pageView({
  path: '/admin/log',
  params: none,
  query: z.object({ before: z.coerce.number().int().min(1).optional().catch(undefined) }),
  async load({ query: { before } }, { store }) {
    const entries = await store.registryLog({ limit: LOG_PAGE + 1, ...(before !== undefined && { before }) });
    const [newest] = before === undefined ? entries : await store.registryLog({ limit: 1 });
    return { entries, head: headOf(newest) };
  },
  render: logPage,
  ...still,
});

/** Every page of the administration. */
export const ADMIN_VIEWS: readonly PageView[] = [
  registryView('/admin', placesPage),
  registryView('/admin/new-group', (registry, context) => groupPage({ registry }, context)),
  itemView('/admin/groups/:id', loadGroup, groupPage),
  registryView('/admin/new-service-point', (registry, context) =>
    pointPage({ registry, zone: '', notes: [] }, context),
  ),
  itemView('/admin/service-points/:id', loadPoint, pointPage),
  itemView('/admin/service-points/:id/new-note', loadPoint, ({ zone, point }, c) => notePage({ zone, point }, c)),
  numberView('/admin/notes/:id', loadNote, notePage),
  registryView('/admin/questions', questionsPage),
  registryView('/admin/new-question', (registry, context) => questionPage({ registry }, context)),
  itemView('/admin/questions/:id', loadQuestion, questionPage),
  terminalsView,
  registryView('/admin/new-terminal', (_, context) => newTerminalPage(context)),
  itemView('/admin/terminals/:id', loadTerminal, terminalPage),
  itemView('/admin/terminals/:id/shut-out', loadTerminal, shutOutPage),
  exclusionsView,
  newExclusionView,
  numberView('/admin/exclusions/:id', loadExclusion, exclusionPage),
  logView,
  ...REPORT_RECIPIENT_VIEWS,
  ...SETTINGS_VIEWS,
];
