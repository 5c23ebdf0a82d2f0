import { HymioError, type SETTING_NAMES, type Settings, THANKS } from '@hymio/protocol';
import type { HttpParts } from '../../../http/http-parts.js';
import type { Registry } from '../../../registry/registry.js';
import { type EffectiveSettings, inheritedSettings } from '../../../terminal-settings/effective-settings.js';
import { settingsAt, settingsVersion } from '../../../terminal-settings/scope-settings.js';
import { type SettingsScope, settingsScopeOf } from '../../../terminal-settings/settings-scope.js';
import { NameField, SelectField, TextField } from '../../forms/fields.js';
import { Form } from '../../forms/form.js';
import { type FormState, formOr } from '../../forms/form-state.js';
import type { PageContext } from '../../page-context.js';
import { adminPage, VersionField } from '../admin-page.js';
import { settingText } from './setting-text.js';
import { settingsScopeName } from './settings-scope-name.js';

export interface SettingsModel {
  registry: Registry;
  scope: SettingsScope;
  /** Where the form of it is. */
  path: string;
  settings: Settings;
  inherited: EffectiveSettings;
}

/** Where what is desired at a scope is set. */
export function settingsPath(scope: SettingsScope): string {
  return `/admin/settings/${scope.kind}/${scope.kind === 'organisation' ? 'all' : scope.id}`;
}

/** `now`: UTC ms. Error: HymioError `unknown-scope`. */
export async function loadSettings(
  { store }: Pick<HttpParts, 'store'>,
  { kind, id }: { kind: string; id: string },
  now: number,
): Promise<SettingsModel> {
  const scope = settingsScopeOf(kind === 'organisation' ? kind : `${kind}/${id}`);
  const [registry, all] = await Promise.all([store.registry(), store.settings.list()]);
  const [terminal] = scope?.kind === 'terminal' ? await store.terminals(now, [scope.id]) : [];
  const isKnown =
    scope?.kind === 'organisation' ||
    (scope?.kind === 'group' && registry.groups.some((one) => one.id === scope.id)) ||
    (scope?.kind === 'service-point' && registry.servicePoints.some((one) => one.id === scope.id)) ||
    terminal !== undefined;
  if (scope === undefined || !isKnown) {
    throw new HymioError('unknown-scope', 'There is no such place or terminal.', 'Choose one from the list.');
  }
  const inherited = inheritedSettings(registry, all, scope, terminal?.assignment?.servicePoint);
  return { registry, scope, path: settingsPath(scope), settings: settingsAt(all, scope), inherited };
}

/** What is desired at one place, or of one terminal. */
export function settingsPage(model: SettingsModel, context: PageContext, sent?: FormState): string {
  const { scope, path, settings, registry } = model;
  const { forms, terminalSettings: words } = context.messages;
  const form = formOr(sent, 'settings');
  const seconds = settings.heartbeatIntervalMs === undefined ? undefined : settings.heartbeatIntervalMs / 1_000;
  const hint = (name: (typeof SETTING_NAMES)[number]) => `${words.hints[name]} ${inheritedText(model, name, context)}`;
  return adminPage({
    context,
    section: 'settings',
    title: words.title(settingsScopeName(scope, registry, context)),
    children: (
      <>
        <p class="lead">{words.lead}</p>
        <Form context={context} form={form} action={path} submit={forms.save}>
          <VersionField form={form} version={settingsVersion(settings)} />
          <TextField
            form={form}
            name="heartbeatSeconds"
            label={words.names.heartbeatIntervalMs}
            hint={hint('heartbeatIntervalMs')}
            value={seconds?.toString()}
            maxLength={10}
          />
          <TextField
            form={form}
            name="lockoutMs"
            label={words.names.lockoutMs}
            hint={hint('lockoutMs')}
            value={settings.lockoutMs?.toString()}
            maxLength={10}
          />
          <SelectField
            form={form}
            name="thanks"
            label={words.names.thanks}
            hint={hint('thanks')}
            value={settings.thanks ?? ''}
            choices={[
              { value: '', text: words.asAbove },
              ...THANKS.map((value) => ({ value, text: words.thanks[value] })),
            ]}
          />
          <NameField form={form} context={context} />
        </Form>
      </>
    ),
  });
}

function inheritedText(
  { inherited, registry }: SettingsModel,
  name: (typeof SETTING_NAMES)[number],
  context: PageContext,
): string {
  const { terminalSettings: words } = context.messages;
  const from = inherited.from[name];
  const value = settingText(name, inherited.settings, context);
  if (from === undefined || value === undefined) return words.inheritedNothing;
  return words.inherited(value, settingsScopeName(from, registry, context));
}
