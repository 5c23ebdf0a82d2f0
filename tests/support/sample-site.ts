import { rm } from 'node:fs/promises';
import {
  Administration,
  Alerting,
  Commands,
  type HttpServerParts,
  LiveEvents,
  openSqliteStore,
  PdfPrinter,
  packReport,
  Reporting,
  readReportInput,
  type SqliteStore,
  tallyOf,
  weeklyReport,
} from '@hymio/gateway';
import type { Clock } from '@hymio/protocol';
import { memoryFolder } from './memory-folder.js';
import { fillWithSample, SAMPLE_NOW, SAMPLE_ZONE } from './sample-store.js';
import { startTestHttpServer, type TestHttpServer } from './test-http-server.js';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const BY = { who: 'Aino', at: SAMPLE_NOW };
const ISSUED_WEEK = '2026-W46';
const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };

/** The wall clock stands at the sample's now. */
const clock: Clock = {
  now: () => SAMPLE_NOW,
  monotonic: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** What is beside the numbers: of each kind the first is at the clinic, the second at the Malmi office. */
const PLACES = [
  { servicePoint: 'kallio-clinic', group: 'health', terminal: 'kallio-1' },
  { servicePoint: 'malmi-office', group: 'social', terminal: 'malmi-1' },
] as const;

/**
 * A listening server over the sample in SQLite with everything that a gateway has beside it: alerts, exclusions, notes,
 * recipients, issued reports, commands, public views; of each one with the id 1 in the group `health` and 2 elsewhere.
 */
export class SampleSite {
  readonly store: SqliteStore;
  readonly http: TestHttpServer;
  readonly #folder: string;
  readonly #alerting: Alerting;
  readonly #printer: PdfPrinter;

  private constructor(
    parts: Pick<SampleSite, 'store' | 'http'>,
    folder: string,
    alerting: Alerting,
    printer: PdfPrinter,
  ) {
    this.store = parts.store;
    this.http = parts.http;
    this.#folder = folder;
    this.#alerting = alerting;
    this.#printer = printer;
  }

  /** `more`: other parts of the server, such as `requireToken`, or what makes them over the store. */
  static async start(
    more: Partial<HttpServerParts> | ((store: SqliteStore, clock: Clock) => Promise<Partial<HttpServerParts>>) = {},
  ): Promise<SampleSite> {
    const folder = memoryFolder('hymio-sample-site-');
    const store = await openSqliteStore({ folder, reads: 'in-thread', now: clock.now });
    await fillWithSample(store);
    for (const place of PLACES) await addTo(store, place);
    await issueReports(store);
    const events = new LiveEvents();
    const link = { forget: () => true, tell: () => false };
    const printer = new PdfPrinter();
    const alerting = alertingOver(store, events);
    await alerting.start();
    const http = await startTestHttpServer(store, {
      ...{ events, alerting, printer },
      administration: new Administration({ store, live: events, link }),
      commands: new Commands({ store, link, live: events, clock, log, makeId: () => crypto.randomUUID() }),
      reporting: new Reporting({
        ...{ store, clock, log, printer },
        random: () => 0.5,
        zone: SAMPLE_ZONE,
        schedule: undefined,
      }),
      ...(typeof more === 'function' ? await more(store, clock) : more),
    });
    return new SampleSite({ store, http }, folder, alerting, printer);
  }

  async stop(): Promise<void> {
    await this.http.server.stop();
    await this.#alerting.stop();
    await this.#printer.stop();
    await this.store.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function addTo(store: SqliteStore, { servicePoint, group, terminal }: (typeof PLACES)[number]): Promise<void> {
  const from = SAMPLE_NOW - WEEK_MS;
  const [alert] = await store.alerts.alerts({ state: 'all', limit: 1 });
  await store.alerts.record({
    alert: {
      id: (alert?.id ?? 0) + 1,
      rule: {
        ...{ scope: { kind: 'organisation' }, name: 'silent', enabled: false, tellWhenOver: false },
        condition: { kind: 'negative-share', share: 0.5, minPresses: 4, windowMs: HOUR_MS / 4 },
      },
      subject: { kind: 'service-point', servicePoint },
      numbers: { kind: 'presses', ratings: [4, 0, 0, 0], from, to: from + HOUR_MS },
      openedAt: from + HOUR_MS,
      state: { kind: 'open' },
      reopened: 0,
      settled: false,
    },
    entry: { at: from + HOUR_MS, kind: 'opened' },
    notices: [],
  });
  const span = { from, to: from + HOUR_MS };
  await store.exclude({ target: { kind: 'service-point', id: servicePoint }, reason: 'cleaner', ...span }, BY);
  await store.exclude({ target: { kind: 'terminal', id: terminal }, reason: 'other', ...span }, BY);
  await store.putStaffNote({ servicePoint, kind: 'changed', from, text: { fi: `Muutos: ${servicePoint}` } }, BY);
  const show = { question: true, faces: true, changes: true };
  await store.putPublicSetting({ servicePoint, enabled: true, show }, BY);
  const subjects = [{ kind: 'group', id: group } as const];
  const address = `${group}@example.org`;
  await store.reports.saveRecipient({ address, language: 'fi', format: 'html', subjects, active: true }, BY);
}

/** Of a week that is over: one for each of the two groups. */
async function issueReports(store: SqliteStore): Promise<void> {
  const reports = [];
  for (const { group } of PLACES) {
    const input = await readReportInput(store, { week: ISSUED_WEEK, group }, { zone: SAMPLE_ZONE, now: SAMPLE_NOW });
    const report = weeklyReport(input);
    const figures = { tally: tallyOf([0, 1, 2, 3]), corrections: [] };
    reports.push({ subject: `group/${group}`, figures, document: await packReport(report) });
  }
  const mails = PLACES.map(({ group }, index) => ({
    subject: `group/${group}`,
    delivery: `delivery-${group}`,
    addressee: { id: index + 1, address: `${group}@example.org`, language: 'fi', format: 'html' } as const,
  }));
  await store.reports.issue({ week: ISSUED_WEEK, issuedAt: SAMPLE_NOW, reports, mails });
}

/** It watches nothing: what is there was put there. */
function alertingOver(store: SqliteStore, live: LiveEvents): Alerting {
  return new Alerting({
    ...{ live, clock, log, zone: SAMPLE_ZONE },
    store: store.alerts,
    registry: () => store.registry(),
    terminals: async () => [],
    presence: async () => [],
    listening: () => false,
    random: () => 0.5,
    webhooks: [],
  });
}
