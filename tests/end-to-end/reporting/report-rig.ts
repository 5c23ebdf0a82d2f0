import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  cronTimes,
  openSqliteStore,
  PdfPrinter,
  Reporting,
  type ReportingParts,
  type ReportRecipientText,
  registryFileSchema,
  type SqliteStore,
} from '@hymio/gateway';
import type { Rating } from '@hymio/protocol';
import Database from 'better-sqlite3';
import { MailReceiver } from '../../support/mail-receiver.js';
import { sampleEpoch } from '../../support/sample-store.js';
import { until } from '../../support/until.js';
import { FakeClock } from '../../unit/device/fake-clock.js';

export const ZONE = 'Europe/Helsinki';
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const LOOK_MS = 60_000;
/** Wednesday of week 47, 12:00 in Helsinki. */
export const WEDNESDAY = Date.parse('2026-11-18T10:00:00Z');
/** Monday 7:00 in Helsinki: week 47 falls due. */
export const MONDAY = Date.parse('2026-11-23T05:00:00Z');

const REGISTRY = registryFileSchema.parse({
  groups: [
    { id: 'city', name: { fi: 'Kaupunki', sv: 'Staden', en: 'City' } },
    { id: 'health', parent: 'city', name: { fi: 'Terveyspalvelut', sv: 'Hälsovård', en: 'Health' } },
    { id: 'social', parent: 'city', name: { fi: 'Sosiaalipalvelut', sv: 'Socialvård', en: 'Social services' } },
  ],
  servicePoints: [
    { id: 'kallio', group: 'health', name: { fi: 'Kallio', en: 'Kallio' }, repeatWindowMs: 0 },
    { id: 'closed', group: 'social', name: { fi: 'Suljettu', en: 'Closed' } },
    { id: 'malmi', group: 'social', name: { fi: 'Malmi', en: 'Malmi' }, repeatWindowMs: 0 },
  ],
  terminals: [{ id: 'kallio-1' }, { id: 'malmi-1' }],
  assignments: [
    { terminal: 'kallio-1', servicePoint: 'kallio', from: '2026-01-01T00:00:00Z' },
    { terminal: 'malmi-1', servicePoint: 'malmi', from: '2026-01-01T00:00:00Z' },
  ],
});

export const BOSS: ReportRecipientText = {
  address: 'boss@example.org',
  language: 'en',
  format: 'html',
  subjects: [{ kind: 'group', id: 'health' }],
  active: true,
};

/** Reporting over a real store and a real mail server; time passes when told. */
export class ReportRig {
  readonly store: SqliteStore;
  readonly smtp: MailReceiver;
  readonly clock = new FakeClock({ offsetMs: WEDNESDAY });
  readonly log: { message: string; code?: unknown }[] = [];
  reporting: Reporting | undefined;
  readonly #folder: string;
  readonly #printer = new PdfPrinter();
  readonly #lastSeq = new Map<string, number>();

  private constructor(store: SqliteStore, smtp: MailReceiver, folder: string) {
    this.store = store;
    this.smtp = smtp;
    this.#folder = folder;
  }

  static async begin(): Promise<ReportRig> {
    const folder = await mkdtemp(join(tmpdir(), 'hymio-reporting-'));
    const store = await openSqliteStore({ folder, reads: 'in-thread' });
    await store.importRegistry(REGISTRY);
    return new ReportRig(store, await MailReceiver.start(), folder);
  }

  async end(): Promise<void> {
    await this.reporting?.stop();
    await this.#printer.stop();
    await this.smtp.stop();
    await this.store.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Every recipient is to get the report of a place that is gone, as in a store of before recipients kept it there. */
  nameGonePlace(servicePoint: string): void {
    const db = new Database(join(this.#folder, 'store.sqlite'));
    const subject = JSON.stringify({ kind: 'service-point', id: servicePoint });
    db.prepare(`UPDATE report_recipients SET recipient = json_insert(recipient, '$.subjects[#]', json(?))`).run(
      subject,
    );
    db.close();
  }

  /** As a gateway does that starts now. */
  async start(more: Partial<ReportingParts> = {}): Promise<void> {
    const log = (message: string, fields?: { code?: unknown }) => void this.log.push({ message, ...fields });
    this.reporting = new Reporting({
      store: this.store,
      clock: this.clock,
      random: () => 0.5,
      log: { debug: log, info: log, warn: log, error: log },
      zone: ZONE,
      printer: this.#printer,
      schedule: cronTimes('0 7 * * 1', ZONE),
      mail: { host: '127.0.0.1', port: this.smtp.port, secure: false, from: 'hymio@example.org' },
      publicUrl: 'https://hymio.example.org',
      ...more,
    });
    this.reporting.start();
    await this.looked();
  }

  async stop(): Promise<void> {
    await this.reporting?.stop();
    this.reporting = undefined;
  }

  /** Passes the time up to `at`, or sets the clock back; job and outbox have looked at it when this returns. */
  async goTo(at: number): Promise<void> {
    const ahead = at - this.clock.now();
    if (ahead < 0) this.clock.offsetMs += ahead - LOOK_MS;
    else if (ahead > LOOK_MS) this.clock.advance(ahead - LOOK_MS);
    await this.looked();
    // Whatever was looked at before: within a minute everybody looks again.
    this.clock.advance(at - this.clock.now());
    await this.looked();
  }

  /** The job and the outbox each wait for one thing: their next look. */
  looked(): Promise<unknown> {
    return until(
      'a look',
      async () => this.clock.pending,
      (timers) => timers === 2,
    );
  }

  recipient(more: Partial<ReportRecipientText> = {}, at = this.clock.now()) {
    return this.store.reports.saveRecipient({ ...BOSS, ...more }, { who: 'Aino', at });
  }

  /** Another group for a service point. */
  async move(servicePoint: string, group: string): Promise<void> {
    const places = REGISTRY.servicePoints.map((point) => (point.id === servicePoint ? { ...point, group } : point));
    await this.store.importRegistry({ ...REGISTRY, servicePoints: places });
  }

  /** Presses of a terminal, a minute apart, as they arrive at `receivedAt`. */
  async press(terminal: string, at: number, ratings: readonly Rating[], receivedAt = this.clock.now()): Promise<void> {
    const n = ['kallio-1', 'malmi-1', 'stray-1'].indexOf(terminal) + 1;
    const firstSeq = (this.#lastSeq.get(terminal) ?? 0) + 1;
    this.#lastSeq.set(terminal, firstSeq + ratings.length - 1);
    const presses = ratings.map((rating, i) => ({ at: at + i * 60_000, rating, clock: 'synced' as const }));
    const message = { epoch: sampleEpoch(n), firstSeq, oldestSeq: 1, presses };
    await this.store.commit([{ kind: 'presses', terminal, receivedAt, message }]);
  }

  /** What a mailbox shows that keeps one of each Message-ID. */
  get mailbox(): string[] {
    const byId = new Map(this.smtp.mails.map((mail) => [mail.messageId, mail]));
    return [...byId.values()].map(({ subject, to }) => `${[to].flat()[0]?.text}: ${subject}`);
  }
}
