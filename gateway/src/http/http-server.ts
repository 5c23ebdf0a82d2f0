import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import { HymioError } from '@hymio/protocol';
import fastify from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { Board } from '../board/board.js';
import { QuietWatch } from '../board/quiet-watch.js';
import { TerminalWatch } from '../live/terminal-watch.js';
import { errorFields } from '../log/error-fields.js';
import { PdfPrinter } from '../pdf/pdf-printer.js';
import { commandForms } from './admin/command-forms.js';
import { exclusionForms } from './admin/exclusion-forms.js';
import { identityForms } from './admin/identity-forms.js';
import { placeForms } from './admin/place-forms.js';
import { reportRecipientForms } from './admin/report-recipient-forms.js';
import { settingsForms } from './admin/settings-forms.js';
import { terminalForms } from './admin/terminal-forms.js';
import { answerErrors, answerGarbage, answerOtherMethods } from './answer-errors.js';
import type { App } from './app.js';
import { CLIENT_PATIENCE, serverLimits } from './client-patience.js';
import { HSTS, isHttps, proxyRequirement, tlsOptions } from './encryption.js';
import { EventStreams } from './event-stream.js';
import { guardApi } from './guard-api.js';
import { observeRequests } from './http-observer.js';
import type { HttpParts, HttpServerParts, ServedParts } from './http-parts.js';
import { LivePages } from './live-pages.js';
import { describeApi } from './openapi.js';
import { requireOurOrigin } from './our-origin.js';
import { Pages } from './pages.js';
import { guardPeople } from './people/guard-people.js';
import { lookAsPerson } from './people/look-as-person.js';
import { routeParts } from './people/route-parts.js';
import { SessionCookie } from './people/session-cookie.js';
import { limitRequests } from './request-limit.js';
import { accountRoutes } from './routes/account-routes.js';
import { aggregateRoutes } from './routes/aggregate-routes.js';
import { alertFormRoutes } from './routes/alert-form-routes.js';
import { alertRoutes } from './routes/alert-routes.js';
import { alertRuleRoutes } from './routes/alert-rule-routes.js';
import { auditRoutes } from './routes/audit-routes.js';
import { commandRoutes } from './routes/command-routes.js';
import { directoryRoutes } from './routes/directory-routes.js';
import { eventRoutes } from './routes/event-routes.js';
import { exclusionRoutes } from './routes/exclusion-routes.js';
import { healthRoutes } from './routes/health-routes.js';
import { issuedReportRoutes } from './routes/issued-report-routes.js';
import { loginRoutes } from './routes/login-routes.js';
import { metricsRoutes } from './routes/metrics-routes.js';
import { pageRoutes } from './routes/page-routes.js';
import { posterRoutes } from './routes/poster-routes.js';
import { pressRoutes } from './routes/press-routes.js';
import { publicRoutes } from './routes/public-routes.js';
import { publicSettingRoutes } from './routes/public-setting-routes.js';
import { reportRoutes } from './routes/report-routes.js';
import { secondFactorRoutes } from './routes/second-factor-routes.js';
import { secondStepRoutes } from './routes/second-step-routes.js';
import { sendReportRoutes } from './routes/send-report-routes.js';
import { servicePointRoutes } from './routes/service-point-routes.js';
import { settingsRoutes } from './routes/settings-routes.js';
import { terminalRoutes } from './routes/terminal-routes.js';
import { userRoutes } from './routes/user-routes.js';
import { viewRoutes } from './routes/view-routes.js';
import { type AlertView, viewAlert } from './schemas/alert-schema.js';
import { SECURITY_HEADERS } from './security-headers.js';
import { UnreadableAddresses } from './unreadable-addresses.js';

/** Pages are made for every request: quick, and still a quarter of their size. */
const QUALITY = constants.BROTLI_PARAM_QUALITY;
const BROTLI_QUALITY = 4;

/** In the place of the library's own compilers, which take a tenth of a second of every start and are never asked. */
const NO_COMPILERS = {
  buildValidator: () => () => {
    throw new Error('every schema is one of zod');
  },
  buildSerializer: () => () => JSON.stringify,
};

export interface HttpAddress {
  host: string;
  port: number;
  /** `http://127.0.0.1:8080` */
  url: string;
}

/** The HTTP interface and the pages. */
export class HttpServer {
  readonly #parts: HttpServerParts;
  #running:
    | { app: App; streams: EventStreams; live: LivePages; watch: TerminalWatch; board: Board; printer: PdfPrinter }
    | undefined;

  constructor(parts: HttpServerParts) {
    this.#parts = parts;
  }

  /** Listens. Errors: HymioError `port-busy`, `address-unusable`. */
  async start(): Promise<HttpAddress> {
    if (this.#running !== undefined) throw new Error('the HTTP server runs already');
    const { clock, events, log, listen } = this.#parts;
    const onError = (error: unknown) => log.error(errorFields(error), 'how terminals are could not be read');
    const board = this.#parts.board ?? new Board({ ...this.#parts, quiet: new QuietWatch(this.#parts), onError });
    const watch = new TerminalWatch(board);
    const streams = new EventStreams(clock, events, watch, (id) => readAlert(this.#parts, id));
    const live = new LivePages({ ...this.#parts, board });
    const printer = this.#parts.printer ?? new PdfPrinter();
    const app = await buildApp({ ...this.#parts, board, printer }, streams, live);
    try {
      await app.listen(listen);
    } catch (error) {
      await app.close();
      throw listenError(error, listen);
    }
    this.#running = { app, streams, live, watch, board, printer };
    const address = app.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : listen.port;
    const host = listen.host.includes(':') ? `[${listen.host}]` : listen.host;
    return { host: listen.host, port, url: `${this.#parts.tls === undefined ? 'http' : 'https'}://${host}:${port}` };
  }

  /** Event streams open now. */
  get streams(): number {
    return (this.#running?.streams.count ?? 0) + (this.#running?.live.count ?? 0);
  }

  /** Ends event streams and open connections, then stops listening. */
  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    running?.streams.stop();
    running?.live.stop();
    running?.watch.stop();
    running?.board.stop();
    await running?.app.close();
    await running?.printer.stop();
  }
}

/** For the event stream; without it nobody misses what the store keeps. */
async function readAlert({ alerting, log }: HttpParts, id: number): Promise<AlertView | undefined> {
  try {
    const detail = await alerting?.store.alert(id);
    return detail === undefined ? undefined : viewAlert(detail.alert);
  } catch (error) {
    log.error({ ...errorFields(error), alert: id }, 'alert could not be read for live events');
    return undefined;
  }
}

/** Everything but listening. */
async function buildApp(whole: ServedParts, streams: EventStreams, live: LivePages): Promise<App> {
  const parts = routeParts(whole);
  const pages = new Pages(whole);
  const unreadable = new UnreadableAddresses();
  const patience = parts.patience ?? CLIENT_PATIENCE;
  const app: App = fastify({
    ...serverLimits(patience),
    logger: false,
    forceCloseConnections: true,
    exposeHeadRoutes: true,
    frameworkErrors: (error, request, reply) => unreadable.routeAnew(app, error, request, reply),
    clientErrorHandler: answerGarbage,
    schemaController: { compilersFactory: NO_COMPILERS },
    trustProxy: [...(parts.trustedProxies ?? [])],
    // Fastify's types know the server by this option; all that is used of it is the same.
    ...(tlsOptions(parts) as object),
  });
  const requireProxy = proxyRequirement(parts);
  app.server.maxConnections = patience.connections;
  app.setValidatorCompiler(validatorCompiler);
  // What a handler returns is checked against its schema by the compiler; checking again costs more than the answer.
  app.setSerializerCompiler(() => JSON.stringify);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(SECURITY_HEADERS);
    if (isHttps(parts)) reply.header('strict-transport-security', HSTS);
  });
  // Tells the language that somebody has chosen, in which refusals are told too.
  await app.register(cookie);
  limitRequests(app, parts);
  app.addHook('onRequest', async (request) => {
    requireProxy(request);
    requireOurOrigin(request, parts.listen.host, parts.publicUrl);
  });
  await app.register(formbody);
  // The event streams are written past it.
  await app.register(compress, { encodings: ['br', 'gzip'], brotliOptions: { params: { [QUALITY]: BROTLI_QUALITY } } });
  if (parts.observer !== undefined) observeRequests(app, parts.observer);
  answerErrors(app, parts.log, { pages, unreadable });
  const sessionCookie = new SessionCookie(isHttps(parts));
  guardPeople(app, whole, sessionCookie);
  guardApi(app, whole);
  lookAsPerson(app);
  await describeApi(app, parts.requireToken === true);
  app.register(async (routes: App) => {
    const where = { app: routes, parts, pages };
    answerOtherMethods(routes, () => {
      terminalRoutes(routes, parts);
      servicePointRoutes(routes, parts);
      aggregateRoutes(routes, parts);
      commandRoutes(routes, parts);
      settingsRoutes(routes, parts);
      alertRoutes(routes, parts);
      alertFormRoutes(where);
      alertRuleRoutes(where);
      pressRoutes(routes, parts);
      reportRoutes(routes, parts);
      issuedReportRoutes(routes, parts);
      posterRoutes(routes, parts);
      exclusionRoutes(routes, parts);
      eventRoutes(routes, parts, streams);
      auditRoutes(routes, parts);
      healthRoutes(routes, parts);
      if (parts.metrics !== undefined) metricsRoutes(routes, parts.metrics);
      pageRoutes(routes, parts, pages);
      placeForms(where);
      terminalForms(where);
      identityForms(where);
      exclusionForms(where);
      settingsForms(where);
      commandForms(where);
      reportRecipientForms(where);
      sendReportRoutes(where);
      viewRoutes(routes, parts, pages, live);
      publicRoutes(routes, parts, pages);
      publicSettingRoutes(where);
      const stepCookie = new SessionCookie(isHttps(parts), 'second-step');
      const doors = { ...where, cookie: sessionCookie, stepCookie };
      loginRoutes(doors);
      if (parts.directory !== undefined) directoryRoutes(doors, parts.directory);
      accountRoutes(doors);
      userRoutes(doors);
      secondStepRoutes(doors);
      secondFactorRoutes(doors);
    });
  });
  await app.ready();
  return app;
}

function listenError(error: unknown, { host, port }: { host: string; port: number }): HymioError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') {
    return new HymioError(
      'port-busy',
      `Port ${port} of ${host} is taken by another program.`,
      'Choose another with `http: { listen: 127.0.0.1:8081 }` in gateway.yaml, or end that program.',
      { cause: error },
    );
  }
  return new HymioError(
    'address-unusable',
    `Cannot listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}.`,
    'Choose an address of this computer and a port above 1023 with `http: { listen: … }` in gateway.yaml.',
    { cause: error },
  );
}
