import { HymioError } from '@hymio/protocol';
import { type AlertScope, alertScopeSchema } from '../../alerts/alert-rule.js';
import { scopeExists } from '../../alerts/scope-exists.js';
import type { Registry } from '../../registry/registry.js';

/** A scope as addresses and forms write it: `organisation`, `group/health`. Error: HymioError `unknown-scope`. */
export function scopeOfText(text: string, registry: Registry): AlertScope {
  const [kind, id] = text.split('/', 2);
  const { success, data } = alertScopeSchema.safeParse(id === undefined ? { kind } : { kind, id });
  if (success && scopeExists(data, registry)) return data;
  throw new HymioError('unknown-scope', 'There is no such place for alert rules.', 'Choose one from the list.');
}
