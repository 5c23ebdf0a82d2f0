import type { Clock } from '@hymio/protocol';
import type { Board } from '../board/board.js';
import type { LiveEvents } from '../live/live-events.js';
import type { CodedFields } from '../log/log.js';
import type { PdfPrinter } from '../pdf/pdf-printer.js';
import type { DirectoryLogin } from '../people/directory/directory-login.js';
import type { Logins } from '../people/logins.js';
import type { People } from '../people/people.js';
import type { ServedAdministration } from '../people/sight/limited-administration.js';
import type { ServedAlerting } from '../people/sight/limited-alerting.js';
import type { ServedBoard } from '../people/sight/limited-board.js';
import type { ServedEnrolment } from '../people/sight/limited-enrolment.js';
import type { ServedCommands } from '../people/sight/limited-parts.js';
import type { Reporting } from '../reporting/reporting.js';
import type { Store } from '../store/store.js';
import type { ClientPatience } from './client-patience.js';
import type { HttpObserver } from './http-observer.js';
import type { MetricsText } from './routes/metrics-routes.js';

/** Whether the parts that the gateway cannot work without are there now. */
export interface Readiness {
  broker: boolean;
  store: boolean;
}

/** Where to write what went wrong; pino fits. */
export interface HttpLog {
  error(fields: CodedFields, message: string): void;
}

/** What the operator allows the public views. */
export interface PublicViews {
  /** Origins of the sites that may embed the widget. */
  frameAncestors: readonly string[];
  /** May search engines list them? */
  index: boolean;
}

/** What the HTTP server works with. */
export interface HttpParts {
  store: Store;
  /** Every change that is not a terminal's goes through it. */
  administration: ServedAdministration;
  clock: Clock;
  /** IANA zone of days, weeks and pages. */
  zone: string;
  events: LiveEvents;
  /** Absent: this server has nothing to do with alerts. */
  alerting?: ServedAlerting;
  /** Absent: this server issues no reports and mails none. */
  reporting?: Reporting;
  /** Who may log in, and how; absent: nobody has to. */
  people?: People;
  logins?: Logins;
  /** Absent: nobody logs in by a directory. */
  directory?: DirectoryLogin;
  /** Absent: this server gives no commands to terminals. */
  commands?: ServedCommands;
  /** Absent: this gateway gives terminals no certificates. */
  enrolment?: ServedEnrolment;
  readiness: () => Promise<Readiness>;
  /** Messages refused since the start, by code. */
  refusals?: () => Record<string, number>;
  listen: { host: string; port: number };
  /** The gateway's address behind a proxy of the operator's: `https://hymio.example.org`. */
  publicUrl?: string;
  /** The server speaks TLS itself: certificate chain and key, PEM. */
  tls?: { cert: string; key: string };
  /** Addresses and networks of proxies whose word is taken for where a request comes from. */
  trustedProxies?: readonly string[];
  /** How many one address may send; absent: as many as it likes. */
  requestsPerMinute?: number;
  /** Where the results that staff make public may stand. */
  publicViews?: PublicViews;
  /** Is the API answered only to programs with a token? */
  requireToken?: boolean;
  /** With clients that are slow, or many; default: `CLIENT_PATIENCE`. */
  patience?: ClientPatience;
  log: HttpLog;
  /** Hears of every answered request. */
  observer?: HttpObserver;
  /** What `/metrics` says; without it there is no such address. */
  metrics?: MetricsText;
  /** How things stand; default: a board of the server's own. */
  board?: ServedBoard;
  /** Makes PDF files; default: one of the server's own. */
  printer?: PdfPrinter;
}

/** The same for who serves: board and printer are there. */
export type ServedParts = HttpParts & { board: ServedBoard; printer: PdfPrinter };

/** What who is limited to groups is shown less of, or could learn of what happens elsewhere. */
type LimitedPart =
  | 'store'
  | 'administration'
  | 'board'
  | 'alerting'
  | 'commands'
  | 'enrolment'
  | 'events'
  | 'reporting';

/** A request, by how far who asks may look. */
export interface Looker {
  /** Absent: it has not been asked who that is. `groups` undefined: everywhere. */
  sight?: { groups: readonly string[] | undefined };
}

/** What routes get: nothing that could show somebody more than they may see, but by the request that asks. */
export type RouteParts = Omit<ServedParts, LimitedPart> & { for(request: Looker): ServedParts };

/** The same for who makes the server: a board that is given tells of changes. */
export type HttpServerParts = HttpParts & { board?: Board };
