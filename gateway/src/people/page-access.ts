import type { Role } from './user.js';

/** What somebody must be to get a page or to send its form. */
export interface PageNeed {
  role: Role;
  /** Only who may see the whole organisation. */
  whole?: true;
}

const VIEWER: PageNeed = { role: 'viewer' };
const STAFF: PageNeed = { role: 'staff' };
const ADMIN: PageNeed = { role: 'admin' };
/** What concerns everything at once. */
const WHOLE: PageNeed = { role: 'admin', whole: true };

/**
 * Every address outside of the API, and who may use it; `everybody`: without a login. An address that does not stand here
 * keeps the server from starting, so that none can be forgotten.
 */
export const PAGE_ACCESS: Readonly<Record<string, PageNeed | 'everybody'>> = {
  'GET /healthz': 'everybody',
  'GET /readyz': 'everybody',
  'GET /assets/hymio.css': 'everybody',
  'GET /assets/live.js': 'everybody',
  'GET /assets/public.css': 'everybody',
  'GET /assets/public-screen.js': 'everybody',
  'GET /assets/icon.svg': 'everybody',
  'GET /public': 'everybody',
  'GET /public/*': 'everybody',
  'GET /public/:servicePoint': 'everybody',
  'GET /public/:servicePoint/screen': 'everybody',
  'GET /public/:servicePoint/widget': 'everybody',
  'GET /login': 'everybody',
  'POST /login': 'everybody',
  'GET /login/code': 'everybody',
  'POST /login/code': 'everybody',
  'GET /login/directory': 'everybody',
  'GET /login/directory/callback': 'everybody',
  'GET /set-password/:secret': 'everybody',
  'POST /set-password/:secret': 'everybody',

  'POST /logout': VIEWER,
  'GET /account': VIEWER,
  'POST /account': VIEWER,
  'POST /account/password': VIEWER,
  'GET /account/second-factor': VIEWER,
  'POST /account/second-factor': VIEWER,
  'POST /account/second-factor/confirm': VIEWER,
  'POST /account/second-factor/off': VIEWER,
  'GET /': VIEWER,
  'GET /live': VIEWER,
  'GET /groups/:id': VIEWER,
  'GET /terminals': VIEWER,
  'GET /terminals/:id': VIEWER,
  'GET /service-points/:id': VIEWER,
  'GET /alerts': VIEWER,
  'GET /alerts/:id': VIEWER,
  'GET /reports/weekly': VIEWER,
  'GET /reports/weekly/:week': VIEWER,
  'GET /reports/weekly/:week/:format': VIEWER,
  'GET /reports/weekly/:week/issued/:format': VIEWER,
  'GET /reports/poster/:month': VIEWER,

  'GET /reports/weekly/:week/send': STAFF,
  'POST /reports/weekly/:week/send': STAFF,
  'POST /alerts/:id': STAFF,
  'POST /terminals/:id/command': STAFF,
  'GET /admin/service-points/:id/new-note': STAFF,
  'POST /admin/service-points/:id/new-note': STAFF,
  'GET /admin/notes/:id': STAFF,
  'POST /admin/notes/:id': STAFF,
  'POST /admin/notes/:id/remove': STAFF,

  'GET /admin': ADMIN,
  'GET /admin/groups/:id': ADMIN,
  'POST /admin/groups/:id': ADMIN,
  'POST /admin/groups/:id/remove': ADMIN,
  'GET /admin/new-group': ADMIN,
  'POST /admin/new-group': ADMIN,
  'GET /admin/new-service-point': ADMIN,
  'POST /admin/new-service-point': ADMIN,
  'GET /admin/service-points/:id': ADMIN,
  'POST /admin/service-points/:id': ADMIN,
  'POST /admin/service-points/:id/ask': ADMIN,
  'POST /admin/service-points/:id/remove': ADMIN,
  'GET /admin/service-points/:id/public': ADMIN,
  'POST /admin/service-points/:id/public': ADMIN,
  'GET /admin/questions': ADMIN,
  'GET /admin/questions/:id': ADMIN,
  'GET /admin/terminals': ADMIN,
  'GET /admin/terminals/:id': ADMIN,
  'POST /admin/terminals/:id': ADMIN,
  'POST /admin/terminals/:id/move': ADMIN,
  'POST /admin/terminals/:id/code': ADMIN,
  'POST /admin/terminals/:id/withdraw-code': ADMIN,
  'GET /admin/terminals/:id/shut-out': ADMIN,
  'POST /admin/terminals/:id/shut-out': ADMIN,
  'POST /admin/terminals/:id/replace': ADMIN,
  'POST /admin/terminals/:id/restore': ADMIN,
  'POST /admin/terminals/:id/retire': ADMIN,
  'GET /admin/exclusions': ADMIN,
  'POST /admin/exclusions': ADMIN,
  'GET /admin/exclusions/:id': ADMIN,
  'POST /admin/exclusions/:id/revoke': ADMIN,
  'GET /admin/new-exclusion': ADMIN,
  'POST /admin/new-exclusion': ADMIN,
  'GET /admin/settings': ADMIN,
  'GET /admin/settings/:kind/:id': ADMIN,
  'POST /admin/settings/:kind/:id': ADMIN,
  'GET /admin/alert-rules': ADMIN,
  'POST /admin/alert-rules/rule': ADMIN,
  'POST /admin/alert-rules/recipients': ADMIN,
  'POST /admin/alert-rules/test': ADMIN,

  'GET /admin/log': WHOLE,
  'GET /admin/users': WHOLE,
  'POST /admin/users': WHOLE,
  'GET /admin/users/:id': WHOLE,
  'POST /admin/users/:id': WHOLE,
  'POST /admin/users/:id/link': WHOLE,
  'POST /admin/users/:id/end-logins': WHOLE,
  'POST /admin/users/:id/remove': WHOLE,
  'GET /admin/new-terminal': WHOLE,
  'POST /admin/new-terminal': WHOLE,
  'GET /admin/new-question': WHOLE,
  'POST /admin/new-question': WHOLE,
  'POST /admin/questions/:id': WHOLE,
  'POST /admin/questions/:id/remove': WHOLE,
  'POST /admin/settings': WHOLE,
  'GET /admin/report-recipients': WHOLE,
  'GET /admin/report-recipients/:id': WHOLE,
  'POST /admin/report-recipients/:id': WHOLE,
  'POST /admin/report-recipients/:id/remove': WHOLE,
  'GET /admin/new-report-recipient': WHOLE,
  'POST /admin/new-report-recipient': WHOLE,
  'POST /admin/report-mails/:id': WHOLE,
};

/** What an address needs; undefined: it has not been thought of. HEAD is as GET. */
export function pageNeed(method: string, url: string): PageNeed | 'everybody' | undefined {
  const key = `${method === 'HEAD' ? 'GET' : method} ${url}`;
  return Object.hasOwn(PAGE_ACCESS, key) ? PAGE_ACCESS[key] : undefined;
}

const PATTERNS = Object.entries(PAGE_ACCESS).map(([key, need]) => {
  const [method = '', url = ''] = key.split(' ', 2);
  return { method, levels: url.split('/'), need };
});

/** The same for an address as it is asked for, with things in it: `/terminals/kallio-1`. */
export function needOfAddress(method: string, address: string): PageNeed | 'everybody' | undefined {
  const levels = (address.split(/[?#]/, 1)[0] ?? '').split('/');
  const fits = (pattern: readonly string[]) =>
    pattern.length === levels.length && pattern.every((one, level) => one.startsWith(':') || one === levels[level]);
  // What is named in full stands nearer than what has a place for anything.
  const found = PATTERNS.filter((one) => one.method === method && fits(one.levels));
  return found.sort((a, b) => placesIn(a.levels) - placesIn(b.levels))[0]?.need;
}

function placesIn(levels: readonly string[]): number {
  return levels.filter((level) => level.startsWith(':')).length;
}
