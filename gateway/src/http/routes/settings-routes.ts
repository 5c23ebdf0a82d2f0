import { HymioError } from '@hymio/protocol';
import * as z from 'zod';
import { inheritedSettings } from '../../terminal-settings/effective-settings.js';
import { settingsAt, settingsVersion } from '../../terminal-settings/scope-settings.js';
import type { SettingsScope } from '../../terminal-settings/settings-scope.js';
import type { App } from '../app.js';
import { tokenNeeded } from '../guard-api.js';
import type { RouteParts, ServedParts } from '../http-parts.js';
import { idParameters, problemResponse } from '../schemas/parameters.js';
import { scopeSettingsSchema, settingsRequestSchema } from '../schemas/settings-schema.js';

const ACCESS = { access: { scopes: ['admin'], group: 'none' } } as const;
const ANSWER = { 200: scopeSettingsSchema, default: problemResponse };

/** What is desired of terminals, for programs: by the same rules as the form, and with a line in the log of changes. */
export function settingsRoutes(app: App, parts: RouteParts): void {
  for (const [kind, path, of] of [
    ['terminal', '/api/v1/terminals/:id/settings', 'one terminal, wherever it stands'],
    ['group', '/api/v1/groups/:id/settings', 'the terminals of a group, with everything below it'],
  ] as const) {
    app.get(
      path,
      {
        config: ACCESS,
        schema: {
          summary: `What is desired of ${of}`,
          params: idParameters,
          querystring: z.strictObject({}),
          response: ANSWER,
        },
      },
      (request) => read(parts.for(request), { kind, id: request.params.id }),
    );
    app.put(
      path,
      {
        config: ACCESS,
        schema: {
          summary: `Says what is desired of ${of}, in place of what was; an empty object: nothing`,
          params: idParameters,
          querystring: z.strictObject({}),
          body: settingsRequestSchema,
          response: ANSWER,
        },
      },
      async (request) => {
        const { token, person, params } = request;
        const { version, ...settings } = request.body;
        if (token === undefined && person === undefined) throw tokenNeeded();
        const own = parts.for(request);
        const scope = { kind, id: params.id };
        // Before anything is written: a terminal that is not known yet may be told by the form, not by a slip.
        await read(own, scope);
        const who = token === undefined ? (person?.user.name ?? '') : `token ${token.name}`;
        const edit = { scope, settings, ...(version !== undefined && { version }) };
        await own.administration.saveSettings(edit, { who, at: own.clock.now() });
        return read(own, scope);
      },
    );
  }
}

/** Errors: HymioError `unknown-terminal`, `unknown-group`. */
async function read({ store, clock }: ServedParts, scope: SettingsScope & { id: string }) {
  const [registry, all] = await Promise.all([store.registry(), store.settings.list()]);
  const [terminal] = scope.kind === 'terminal' ? await store.terminals(clock.now(), [scope.id]) : [];
  if (scope.kind === 'terminal' && terminal === undefined) {
    throw new HymioError('unknown-terminal', `There is no terminal ${scope.id}.`, 'GET /api/v1/terminals lists them.');
  }
  if (scope.kind === 'group' && !registry.groups.some(({ id }) => id === scope.id)) {
    throw new HymioError('unknown-group', `There is no group ${scope.id}.`, 'Name one that exists.');
  }
  const settings = settingsAt(all, scope);
  const inherited = inheritedSettings(registry, all, scope, terminal?.assignment?.servicePoint).settings;
  return { version: settingsVersion(settings), settings, inherited };
}
