import type { Messages } from '../messages.js';
import { admin } from './admin.js';
import { alertPages } from './alert-pages.js';
import { alertRules } from './alert-rules.js';
import { alerts } from './alerts.js';
import { common } from './common.js';
import { directory } from './directory.js';
import { forms } from './forms.js';
import { live } from './live.js';
import { overview } from './overview.js';
import { people } from './people.js';
import { publicTexts } from './public.js';
import { publicSetting } from './public-setting.js';
import { report } from './report.js';
import { reportIssues } from './report-issues.js';
import { secondFactor } from './second-factor.js';
import { servicePoint } from './service-point.js';
import { sheets } from './sheets.js';
import { state } from './state.js';
import { terminalIdentity } from './terminal-identity.js';
import { terminalPage } from './terminal-page.js';
import { terminalSettings } from './terminal-settings.js';

export const sv: Messages = {
  admin,
  alertPages,
  alertRules,
  alerts,
  common,
  directory,
  forms,
  live,
  overview,
  people,
  publicSetting,
  publicTexts,
  report,
  reportIssues,
  secondFactor,
  servicePoint,
  sheets,
  state,
  terminalIdentity,
  terminalPage,
  terminalSettings,
};
