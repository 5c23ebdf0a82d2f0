import type { AlertScope } from './alert-rule.js';

/** `organisation`, `group/health`, `service-point/kallio`. */
export function scopeKey(scope: AlertScope): string {
  return scope.kind === 'organisation' ? scope.kind : `${scope.kind}/${scope.id}`;
}
