import { SETTING_NAMES } from '@hymio/protocol';
import * as z from 'zod';
import type { Registry } from '../../../registry/registry.js';
import type { ScopeSettings } from '../../../terminal-settings/scope-settings.js';
import { type SettingsScope, settingsScopeKey, settingsScopeOf } from '../../../terminal-settings/settings-scope.js';
import type { PageContext } from '../../page-context.js';
import { type PageView, pageView } from '../../page-view.js';
import { adminPage } from '../admin-page.js';
import { organisationAndGroups } from '../reports/subject-name.js';
import { settingText } from './setting-text.js';
import { loadSettings, settingsPage, settingsPath } from './settings-page.js';
import { settingsScopeName } from './settings-scope-name.js';

/** What somebody types into is not changed under their hands. */
const still = { concerns: () => () => false };

/** What is desired anywhere: the list, and the form of each place and terminal. */
export const SETTINGS_VIEWS: readonly PageView[] = [
  pageView({
    path: '/admin/settings',
    params: z.object({}),
    query: z.object({}),
    async load(_, { store }) {
      const [registry, all] = await Promise.all([store.registry(), store.settings.list()]);
      return { registry, all };
    },
    render: settingsListPage,
    ...still,
  }),
  pageView({
    path: '/admin/settings/:kind/:id',
    params: z.object({ kind: z.string().max(20), id: z.string().max(63) }),
    query: z.object({}),
    load: ({ params, now }, parts) => loadSettings(parts, params, now),
    render: (model, context) => settingsPage(model, context),
    ...still,
  }),
];

interface ListModel {
  registry: Registry;
  all: readonly ScopeSettings[];
}

/** Every group, and the places and terminals of which something is desired. */
function settingsListPage({ registry, all }: ListModel, context: PageContext): string {
  const words = context.messages.terminalSettings;
  const groups = organisationAndGroups(registry, context).flatMap(({ value }) => settingsScopeOf(value) ?? []);
  const known = new Set(groups.map(settingsScopeKey));
  const others = all.map(({ scope }) => scope).filter((scope) => !known.has(settingsScopeKey(scope)));
  return adminPage({
    context,
    section: 'settings',
    title: context.messages.admin.sections.settings,
    children: (
      <>
        <p class="lead">{words.listLead}</p>
        <table class="cards">
          <caption class="hidden">{context.messages.admin.sections.settings}</caption>
          <thead>
            <tr>
              <th scope="col">{words.place}</th>
              <th scope="col">{words.desired}</th>
            </tr>
          </thead>
          <tbody>
            {[...groups, ...others].map((scope) => (
              <Row key={settingsScopeKey(scope)} scope={scope} model={{ registry, all }} context={context} />
            ))}
          </tbody>
        </table>
      </>
    ),
  });
}

function Row({ scope, model, context }: { scope: SettingsScope; model: ListModel; context: PageContext }) {
  const { registry, all } = model;
  const words = context.messages.terminalSettings;
  const own = all.find((one) => settingsScopeKey(one.scope) === settingsScopeKey(scope))?.settings ?? {};
  const said = SETTING_NAMES.flatMap((name) => {
    const text = settingText(name, own, context);
    return text === undefined ? [] : [`${words.names[name]}: ${text}`];
  });
  return (
    <tr>
      <th scope="row">
        <a href={context.link(settingsPath(scope))}>{settingsScopeName(scope, registry, context)}</a>
      </th>
      <td data-label={words.desired}>{said.length === 0 ? words.asAbove : said.join('; ')}</td>
    </tr>
  );
}
