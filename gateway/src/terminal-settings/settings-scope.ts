import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { alertScopeSchema, scopeKey } from '../alerts/alert-rule.js';

/** What settings are desired of: a place with everything below it, or one terminal wherever it stands. */
export const settingsScopeSchema = z.discriminatedUnion('kind', [
  ...alertScopeSchema.options,
  z.strictObject({ kind: z.literal('terminal'), id: idSchema }),
]);
export type SettingsScope = z.infer<typeof settingsScopeSchema>;

/** `organisation`, `group/health`, `service-point/kallio`, `terminal/kallio-1`. */
export function settingsScopeKey(scope: SettingsScope): string {
  return scope.kind === 'terminal' ? `terminal/${scope.id}` : scopeKey(scope);
}

/** The scope of a key; undefined where it is none. */
export function settingsScopeOf(key: string): SettingsScope | undefined {
  const [kind = '', id] = key.split('/', 2);
  const read = settingsScopeSchema.safeParse(id === undefined ? { kind } : { kind, id });
  return read.success ? read.data : undefined;
}
