/**
 * What every parameter of an address names, and one such thing within the group `health` of the sample and one
 * elsewhere. A parameter that is missing here fails the test: who adds one says whose it is.
 */
export type Named =
  /** Something that stands in a place, so that not everybody may see it. */
  | { names: string; own: string; elsewhere: string }
  /** Something of the whole organisation; or nothing: how much, since when, in which form. */
  | { names: 'everybody’s' | 'nothing'; values: readonly string[] };

/** The group of the limited token, and what has no such name. */
export const OWN_GROUP = 'health';
export const UNKNOWN = 'nowhere';

const terminal = { names: 'terminal', own: 'kallio-1', elsewhere: 'malmi-1' };
const servicePoint = { names: 'service point', own: 'kallio-clinic', elsewhere: 'malmi-office' };
const group = { names: 'group', own: OWN_GROUP, elsewhere: 'social' };
const alert = { names: 'alert', own: '1', elsewhere: '2' };
const question = { names: 'everybody’s', values: ['visit'] } as const;
const recipient = { names: 'recipient of reports', own: '1', elsewhere: '2' };
/** Not one of those who ask: they are asked of again. */
const nobody = { names: 'everybody’s', values: ['999'] } as const;
const choice = (...values: string[]): Named => ({ names: 'nothing', values });

/** By name alone, or `<path> <name>` where the name says too little. `{…}` and `:…` both mark names in paths. */
const NAMED: Readonly<Record<string, Named>> = {
  terminal,
  'service-point': servicePoint,
  servicePoint,
  group,
  week: choice('2026-W47'),
  month: choice('2026-10'),
  lang: choice('fi', 'en'),
  limit: choice('5'),
  after: choice('0'),
  before: choice('9'),
  from: choice('2026-11-09T00:00:00Z'),
  to: choice('2026-11-21T00:00:00Z'),
  bucket: choice('day', 'week', '15min'),
  format: choice('json', 'csv', 'html'),
  state: choice('all'),
  '/api/v1/presses format': choice('ndjson', 'csv'),
  '/api/v1/exclusions state': choice('in-force', 'all'),
  '/api/v1/aggregates group': choice('total', 'terminal', 'service-point', 'group'),
  '/api/v1/terminals/{id} id': terminal,
  '/api/v1/terminals/{id}/commands id': terminal,
  '/api/v1/terminals/{id}/settings id': terminal,
  '/api/v1/groups/{id}/settings id': group,
  '/api/v1/alerts/{id} id': alert,
  '/admin/users/{id} id': nobody,
  '/admin/users/{id}/link id': nobody,
  '/admin/users/{id}/end-logins id': nobody,
  '/admin/users/{id}/remove id': nobody,
  '/set-password/{secret} secret': choice('nobodys-secret'),
  '/terminals/{id} id': terminal,
  '/terminals/{id}/command id': terminal,
  '/service-points/{id} id': servicePoint,
  '/groups/{id} id': group,
  '/alerts/{id} id': alert,
  '/admin/exclusions/{id}/revoke id': { names: 'exclusion', own: '1', elsewhere: '3' },
  '/admin/exclusions/{id} id': { names: 'exclusion', own: '1', elsewhere: '3' },
  '/admin/groups/{id} id': group,
  '/admin/groups/{id}/remove id': group,
  '/admin/notes/{id} id': { names: 'note of staff', own: '1', elsewhere: '2' },
  '/admin/notes/{id}/remove id': { names: 'note of staff', own: '1', elsewhere: '2' },
  '/admin/questions/{id} id': question,
  '/admin/questions/{id}/remove id': question,
  '/admin/report-mails/{id} id': { names: 'mail with a report', own: '1', elsewhere: '2' },
  '/admin/report-recipients/{id} id': recipient,
  '/admin/report-recipients/{id}/remove id': recipient,
  '/admin/service-points/{id} id': servicePoint,
  '/admin/service-points/{id}/ask id': servicePoint,
  '/admin/service-points/{id}/new-note id': servicePoint,
  '/admin/service-points/{id}/public id': servicePoint,
  '/admin/service-points/{id}/remove id': servicePoint,
  '/admin/settings/{kind}/{id} id': terminal,
  '/admin/settings/{kind}/{id} kind': choice('terminal'),
  '/admin/terminals/{id} id': terminal,
  '/admin/terminals/{id}/code id': terminal,
  '/admin/terminals/{id}/withdraw-code id': terminal,
  '/admin/terminals/{id}/shut-out id': terminal,
  '/admin/terminals/{id}/move id': terminal,
  '/admin/terminals/{id}/replace id': terminal,
  '/admin/terminals/{id}/restore id': terminal,
  '/admin/terminals/{id}/retire id': terminal,
};

/** What a parameter of a path (OpenAPI's way of writing) names. */
export function namedBy(path: string, parameter: string): Named | undefined {
  return NAMED[`${path} ${parameter}`] ?? NAMED[parameter];
}

/** What the route understands there: the own one, or the first value. */
export function usualOf(path: string, parameter: string): string {
  const named = namedBy(path, parameter);
  if (named === undefined) return '1';
  return 'own' in named ? named.own : (named.values[0] ?? '1');
}

/** Bodies of what changes something through the API, by method and path. */
export const BODIES: Readonly<Record<string, object>> = {
  'POST /api/v1/terminals/{id}/commands': { command: 'identify' },
  // Refused for what they say, once it is known who asks: the sites that are compared stay alike.
  'PUT /api/v1/terminals/{id}/settings': { lockoutMs: 0 },
  'PUT /api/v1/groups/{id}/settings': { lockoutMs: 0 },
};
