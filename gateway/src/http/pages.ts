import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatWeek, parseWeek, shiftWeek, weekSpan } from '../calendar/iso-week.js';
import { chooseLanguage, isLanguage } from '../language/language.js';
import { type Assets, readAssets } from '../pages/assets.js';
import { type PageContext, type PageViewer, pageContext } from '../pages/page-context.js';
import { reportPage, scopeQuery } from '../pages/report-page.js';
import type { Language } from '../registry/registry.js';
import type { WeeklyReport } from '../report/report-document.js';
import type { ReportInput } from '../report/report-input.js';
import type { IssuedReport } from '../reporting/report-store.js';
import type { HttpParts } from './http-parts.js';
import { rememberedLanguage, rememberedName, rememberLanguage, takeNotice } from './remembered.js';

/** Makes pages for requests: in their language, at this moment. */
export class Pages {
  readonly assets: Assets = readAssets();
  readonly #parts: Pick<HttpParts, 'zone' | 'clock' | 'alerting'>;

  constructor(parts: Pick<HttpParts, 'zone' | 'clock' | 'alerting'>) {
    this.#parts = parts;
  }

  /** With a reply the language that the address names is remembered, and a notice is taken. */
  contextOf(request: FastifyRequest, reply?: FastifyReply): PageContext {
    const asked = askedLanguage(request);
    const path = pathWithoutLanguage(request.originalUrl);
    const context = this.context(requestLanguage(request), isLanguage(asked), path, viewerOf(request));
    const by = request.person?.user.name ?? rememberedName(request);
    if (by !== undefined) context.by = by;
    if (reply === undefined) return context;
    if (isLanguage(asked) && rememberedLanguage(request) !== asked) rememberLanguage(reply, asked);
    const notice = takeNotice(request, reply);
    if (notice !== undefined) context.notice = notice;
    return context;
  }

  /** For a page that is nobody's request. `path`: without `lang`; `chosen`: its links name the language. */
  context(language: Language, chosen: boolean, path: string, viewer?: PageViewer): PageContext {
    const { zone, clock, alerting } = this.#parts;
    const context = pageContext({ language, chosen, zone, now: clock.now(), path, assets: this.assets.links });
    if (viewer !== undefined) context.viewer = viewer;
    // How many alerts there are in all is the business of those who may see all.
    const seesAll = viewer === undefined || (viewer.kind === 'person' && viewer.whole);
    if (alerting !== undefined && seesAll) context.openAlerts = alerting.engine.openCount;
    return context;
  }

  report(
    request: FastifyRequest,
    report: WeeklyReport,
    { registry, now, zone }: ReportInput,
    issued: IssuedReport | undefined,
  ): Promise<string> {
    const context = this.contextOf(request);
    const next = shiftWeek(parseWeek(report.week), 1);
    const nextWeek = weekSpan(next, zone).from <= now ? formatWeek(next) : undefined;
    // The same report may be looked at through the API; its links lead to the pages.
    const path = `/reports/weekly/${report.week}${scopeQuery(report.scope, '?')}`;
    return reportPage(report, { registry, nextWeek, ...(issued !== undefined && { issued }) }, { ...context, path });
  }
}

/** Who asks, for pages; undefined where nobody has to say who they are. */
export function viewerOf({ person, outsider }: FastifyRequest): PageViewer | undefined {
  if (outsider === true) return { kind: 'outsider' };
  if (person === undefined) return undefined;
  const { role, groups, displayName } = person.user;
  return { kind: 'person', role, whole: groups === undefined, displayName };
}

function askedLanguage({ query }: FastifyRequest): string | undefined {
  const asked = typeof query === 'object' && query !== null && 'lang' in query ? query.lang : undefined;
  return typeof asked === 'string' ? asked : undefined;
}

/** The language to answer in: `?lang=`, else the one chosen earlier, else Accept-Language, else Finnish. */
export function requestLanguage(request: FastifyRequest): Language {
  return chooseRequestLanguage(request, askedLanguage(request));
}

/** The same where `lang` stands elsewhere than in the request's own address. */
export function chooseRequestLanguage(request: FastifyRequest, asked: string | undefined): Language {
  return chooseLanguage(asked, request.headers['accept-language'], rememberedLanguage(request));
}

/** Path and query as asked for, without `lang`; never an address of another host, whatever the request says. */
export function pathWithoutLanguage(url: string): string {
  const [path = '', query = ''] = url.split(/\?(.*)/s, 2);
  const parameters = new URLSearchParams(query);
  parameters.delete('lang');
  const local = `/${path.replace(/^[/\\]+/, '')}`;
  return parameters.size === 0 ? local : `${local}?${parameters}`;
}

/** Sends a page that must not be kept: it shows how things stand now. */
export function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return sendText(
    reply.header('cache-control', 'no-store').header('vary', 'Accept-Language, Cookie'),
    'text/html',
    html,
  );
}

/** Sends a text as it is. */
export function sendText(reply: FastifyReply, type: string, text: string): FastifyReply {
  return sendFile(reply, `${type}; charset=utf-8`, text);
}

/** Sends a file as it is; `type` names its character set where it has one. */
export function sendFile(reply: FastifyReply, type: string, body: string | Uint8Array): FastifyReply {
  if (typeof body === 'string') return reply.type(type).serializer(String).send(body);
  return reply.type(type).send(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
}
