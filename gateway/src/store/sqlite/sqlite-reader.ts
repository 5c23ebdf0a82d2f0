import type { HeldMqttAccount } from '../../accounts/mqtt-account.js';
import type { ChangeLogEntry, ChangeLogQuery } from '../../administration/change-log.js';
import type { StaffNote } from '../../administration/staff-note.js';
import type { Exclusion, ExclusionTarget } from '../../exclusions/exclusion.js';
import type { EnrolmentCode, IssuedCertificate } from '../../identity/issued-certificate.js';
import type { PublicBlock } from '../../public/public-block.js';
import type { PublicSetting } from '../../public/public-setting.js';
import type { Registry } from '../../registry/registry.js';
import type { ScopeSettings } from '../../terminal-settings/scope-settings.js';
import type { TerminalBrief } from '../../terminals/terminal-brief.js';
import type { ApiToken } from '../../tokens/api-token.js';
import type { ExclusionQuery, PressTally, StaffNoteQuery } from '../administration-store.js';
import type {
  FaultSpan,
  HourOfWeekCounts,
  Incident,
  LostRange,
  PresenceSpan,
  PressPage,
  PressQuery,
  RollupCell,
  RollupQuery,
  SuspectCount,
  TerminalDetail,
  TerminalRecord,
  WantedBriefs,
} from '../store.js';
import { readAccounts } from './account-rows.js';
import { type AlertReads, readAlerts } from './alert-reader.js';
import { makeBackup } from './backup.js';
import { readBriefs } from './brief-reader.js';
import { readChangeLog } from './change-log-rows.js';
import { type Db, openForReading } from './database.js';
import { readExclusions, tallyPresses } from './exclusion-rows.js';
import { readFaultSpans, readHoursOfWeek, readPresence } from './history-reader.js';
import { readCertificates, readCode, readOpenCode } from './identity-rows.js';
import { readIncidents } from './incident-rows.js';
import { type PeopleReads, readPeople } from './people-reader.js';
import { readPresses } from './press-reader.js';
import { readPublicBlocks, readPublicSettings } from './public-rows.js';
import { readRegistry } from './registry-rows.js';
import { type ReportReads, readReports } from './report-reader.js';
import { readRollups } from './rollup-reader.js';
import { requireCurrentSchema } from './schema.js';
import { readSettings } from './settings-rows.js';
import { toStoreError } from './sqlite-error.js';
import { readStaffNotes } from './staff-note-rows.js';
import { readSuspects } from './suspect-reader.js';
import { readLostRanges, readTerminal, readTerminals } from './terminal-reader.js';
import { readToken, readTokens } from './token-rows.js';

/** The read side on a connection of its own: synchronous, plain values in and out, so that it can live in a worker. */
export class SqliteReader {
  private readonly db: Db;
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
    this.db = openForReading(file);
    try {
      requireCurrentSchema(this.db);
    } catch (error) {
      this.db.close();
      throw toStoreError(error, file);
    }
  }

  registry(): Registry {
    // One transaction, so that an import between two tables is not seen by halves.
    return this.reading(() => this.db.transaction(() => readRegistry(this.db))());
  }

  terminals(at: number, only?: readonly string[]): TerminalRecord[] {
    return this.reading(() => this.db.transaction(() => readTerminals(this.db, at, only))());
  }

  terminalBriefs(at: number, wanted: WantedBriefs): TerminalBrief[] {
    return this.reading(() => this.db.transaction(() => readBriefs(this.db, at, wanted))());
  }

  terminal(id: string, at: number): TerminalDetail | undefined {
    return this.reading(() => this.db.transaction(() => readTerminal(this.db, id, at))());
  }

  rollups(query: RollupQuery): RollupCell[] {
    return this.reading(() => this.db.transaction(() => readRollups(this.db, query))());
  }

  hoursOfWeek(from: number, to: number, offsetMs: number): HourOfWeekCounts[] {
    return this.reading(() => readHoursOfWeek(this.db, from, to, offsetMs));
  }

  presses(query: PressQuery): PressPage {
    return this.reading(() => readPresses(this.db, query));
  }

  presence(from: number, to: number, terminal?: string): PresenceSpan[] {
    return this.reading(() => readPresence(this.db, from, to, terminal));
  }

  faultSpans(from: number, to: number, terminal?: string): FaultSpan[] {
    return this.reading(() => readFaultSpans(this.db, from, to, terminal));
  }

  lostRanges(from: number, to: number): LostRange[] {
    return this.reading(() => readLostRanges(this.db, from, to));
  }

  incidents(): Incident[] {
    return this.reading(() => readIncidents(this.db));
  }

  suspects(from: number, to: number): SuspectCount[] {
    return this.reading(() => readSuspects(this.db, from, to));
  }

  exclusions(query?: ExclusionQuery): Exclusion[] {
    return this.reading(() => readExclusions(this.db, query));
  }

  tallyPresses(target: ExclusionTarget, from: number, to: number): PressTally {
    return this.reading(() => tallyPresses(this.db, target, from, to));
  }

  staffNotes(query?: StaffNoteQuery): StaffNote[] {
    return this.reading(() => readStaffNotes(this.db, query));
  }

  publicSettings(): PublicSetting[] {
    return this.reading(() => readPublicSettings(this.db));
  }

  publicBlocks(query: { servicePoint: string; from: number }): PublicBlock[] {
    return this.reading(() => readPublicBlocks(this.db, query));
  }

  registryLog(query: ChangeLogQuery): ChangeLogEntry[] {
    return this.reading(() => readChangeLog(this.db, query));
  }

  accounts(): HeldMqttAccount[] {
    return this.reading(() => readAccounts(this.db));
  }

  tokens(): ApiToken[] {
    return this.reading(() => readTokens(this.db));
  }

  token(id: number): { token: ApiToken; hash: string } | undefined {
    return this.reading(() => readToken(this.db, id));
  }

  settings(): ScopeSettings[] {
    return this.reading(() => readSettings(this.db));
  }

  enrolmentCode(hash: string): EnrolmentCode | undefined {
    return this.reading(() => readCode(this.db, hash));
  }

  openEnrolmentCode(terminal: string, now: number): EnrolmentCode | undefined {
    return this.reading(() => readOpenCode(this.db, terminal, now));
  }

  certificates(terminal?: string): IssuedCertificate[] {
    return this.reading(() => readCertificates(this.db, terminal));
  }

  firstBucket(): number | undefined {
    return this.reading(
      () =>
        this.db.prepare<[], { first: number | null }>('SELECT min(start) AS first FROM rollups').get()?.first ??
        undefined,
    );
  }

  /** A question about alerts, by its name. */
  ofAlerts(name: keyof AlertReads, args: readonly unknown[]): unknown {
    return this.reading(() => readAlerts(this.db, name, args));
  }

  /** A question about issued reports and their mails, by its name. */
  ofReports(name: keyof ReportReads, args: readonly unknown[]): unknown {
    return this.reading(() => readReports(this.db, name, args));
  }

  /** A question about people, by its name. */
  ofPeople(name: keyof PeopleReads, args: readonly unknown[]): unknown {
    return this.reading(() => readPeople(this.db, name, args));
  }

  /** `now`: UTC ms, written into the copy. Error: HymioError `backup-exists`. */
  backup(target: string, now: number): void {
    this.reading(() => makeBackup(this.db, target, now));
  }

  close(): void {
    this.db.close();
  }

  private reading<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw toStoreError(error, this.file);
    }
  }
}
