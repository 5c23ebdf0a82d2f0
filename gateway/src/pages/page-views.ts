import { ADMIN_VIEWS } from './admin/admin-views.js';
import { alertRulesView } from './alerts/alert-rules-view.js';
import { alertView } from './alerts/alert-view.js';
import { alertsView } from './alerts/alerts-view.js';
import { groupView, terminalsView } from './group-view.js';
import { overviewView } from './overview-view.js';
import type { PageView } from './page-view.js';
import { publicSettingView } from './public-setting-view.js';
import { sendReportView } from './report/send-report-view.js';
import { servicePointView } from './service-point/service-point-view.js';
import { terminalView } from './terminal/terminal-view.js';

/** Every page that shows how things stand now. */
export const PAGE_VIEWS: readonly PageView[] = [
  overviewView,
  groupView,
  terminalsView,
  terminalView,
  servicePointView,
  alertsView,
  alertView,
  publicSettingView,
  alertRulesView,
  sendReportView,
  ...ADMIN_VIEWS,
];
