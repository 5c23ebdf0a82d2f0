import { itemExists } from '../registry/item-exists.js';
import type { Registry } from '../registry/registry.js';
import type { AlertScope } from './alert-rule.js';

/** Whether there is such a place. */
export function scopeExists(scope: AlertScope, registry: Registry): boolean {
  return scope.kind === 'organisation' || itemExists(registry, scope);
}
