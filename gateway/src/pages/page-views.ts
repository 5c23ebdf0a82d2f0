import { alertView } from './alerts/alert-view.js';
import { alertsView } from './alerts/alerts-view.js';
import { groupView, terminalsView } from './group-view.js';
import { overviewView } from './overview-view.js';
import type { PageView } from './page-view.js';
import { publicSettingView } from './public-setting-view.js';

/** Every page that shows how things stand now. */
export const PAGE_VIEWS: readonly PageView[] = [
  overviewView,
  groupView,
  terminalsView,
  alertsView,
  alertView,
  publicSettingView,
];
