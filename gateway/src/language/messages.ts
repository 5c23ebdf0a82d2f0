import type { AdminMessages } from './messages/admin-messages.js';
import type { AlertPagesMessages } from './messages/alert-pages-messages.js';
import type { AlertRulesMessages } from './messages/alert-rules-messages.js';
import type { AlertsMessages } from './messages/alerts-messages.js';
import type { CommonMessages } from './messages/common-messages.js';
import type { DirectoryMessages } from './messages/directory-messages.js';
import type { FormsMessages } from './messages/forms-messages.js';
import type { LiveMessages } from './messages/live-messages.js';
import type { OverviewMessages } from './messages/overview-messages.js';
import type { PeopleMessages } from './messages/people-messages.js';
import type { PublicMessages } from './messages/public-messages.js';
import type { PublicSettingMessages } from './messages/public-setting-messages.js';
import type { ReportIssuesMessages } from './messages/report-issues-messages.js';
import type { ReportMessages } from './messages/report-messages.js';
import type { SecondFactorMessages } from './messages/second-factor-messages.js';
import type { ServicePointMessages } from './messages/service-point-messages.js';
import type { SheetsMessages } from './messages/sheets-messages.js';
import type { StateMessages } from './messages/state-messages.js';
import type { TerminalIdentityMessages } from './messages/terminal-identity-messages.js';
import type { TerminalPageMessages } from './messages/terminal-page-messages.js';
import type { TerminalSettingsMessages } from './messages/terminal-settings-messages.js';

export type { FaultText } from './messages/state-messages.js';
export type {
  AdminMessages,
  AlertPagesMessages,
  AlertRulesMessages,
  AlertsMessages,
  CommonMessages,
  FormsMessages,
  LiveMessages,
  OverviewMessages,
  PeopleMessages,
  PublicMessages,
  PublicSettingMessages,
  ReportIssuesMessages,
  ReportMessages,
  ServicePointMessages,
  SheetsMessages,
  StateMessages,
  TerminalPageMessages,
  TerminalSettingsMessages,
};

/** Every sentence of the gateway, by page. A language that lacks one does not compile. */
export interface Messages {
  alertPages: AlertPagesMessages;
  alertRules: AlertRulesMessages;
  alerts: AlertsMessages;
  admin: AdminMessages;
  common: CommonMessages;
  directory: DirectoryMessages;
  forms: FormsMessages;
  live: LiveMessages;
  overview: OverviewMessages;
  people: PeopleMessages;
  publicTexts: PublicMessages;
  publicSetting: PublicSettingMessages;
  report: ReportMessages;
  reportIssues: ReportIssuesMessages;
  secondFactor: SecondFactorMessages;
  servicePoint: ServicePointMessages;
  sheets: SheetsMessages;
  state: StateMessages;
  terminalIdentity: TerminalIdentityMessages;
  terminalPage: TerminalPageMessages;
  terminalSettings: TerminalSettingsMessages;
}
