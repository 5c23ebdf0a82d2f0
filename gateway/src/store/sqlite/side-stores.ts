import type { AlertReads } from './alert-reader.js';
import type { PeopleReads } from './people-reader.js';
import type { ReadSide } from './read-side.js';
import type { ReportReads } from './report-reader.js';
import { SqliteAccountStore } from './sqlite-account-store.js';
import { SqliteAlertStore } from './sqlite-alert-store.js';
import { SqliteIdentityStore } from './sqlite-identity-store.js';
import { SqlitePeopleStore } from './sqlite-people-store.js';
import { SqliteReportStore } from './sqlite-report-store.js';
import { SqliteSettingsStore } from './sqlite-settings-store.js';
import { SqliteTokenStore } from './sqlite-token-store.js';
import type { SqliteWriter } from './sqlite-writer.js';

/** What the file of a store holds besides presses and places, each reached by an interface of its own. */
export function sideStores(writing: <T>(work: (writer: SqliteWriter) => T) => T, reads: ReadSide) {
  return {
    tokens: new SqliteTokenStore({ write: (work) => writing((writer) => writer.tokens(work)), reads }),
    accounts: new SqliteAccountStore({ write: (work) => writing((writer) => writer.accounts(work)), reads }),
    identity: new SqliteIdentityStore({
      write: (work) => writing((writer) => writer.identity(work)),
      reads: {
        code: (hash) => reads.call('enrolmentCode', hash),
        openCode: (terminal, now) => reads.call('openEnrolmentCode', terminal, now),
        certificates: (terminal) => reads.call('certificates', terminal),
      },
    }),
    settings: new SqliteSettingsStore({ write: (work) => writing((writer) => writer.settings(work)), reads }),
    people: new SqlitePeopleStore({
      write: (work) => writing((writer) => writer.people(work)),
      read: <Name extends keyof PeopleReads>(name: Name, ...args: Parameters<PeopleReads[Name]>) =>
        reads.call('ofPeople', name, args) as Promise<ReturnType<PeopleReads[Name]>>,
    }),
    alerts: new SqliteAlertStore({
      write: (work) => writing((writer) => writer.alerts(work)),
      read: <Name extends keyof AlertReads>(name: Name, ...args: Parameters<AlertReads[Name]>) =>
        reads.call('ofAlerts', name, args) as Promise<ReturnType<AlertReads[Name]>>,
    }),
    reports: new SqliteReportStore({
      write: (work) => writing((writer) => writer.reports(work)),
      read: <Name extends keyof ReportReads>(name: Name, ...args: Parameters<ReportReads[Name]>) =>
        reads.call('ofReports', name, args) as Promise<ReturnType<ReportReads[Name]>>,
    }),
  };
}
