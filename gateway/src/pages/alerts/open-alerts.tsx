import type { Alert } from '../../alerts/alert.js';
import type { AlertWords } from '../../alerts/describe-alert.js';
import type { PageContext } from '../page-context.js';
import { AlertTable } from './alert-table.js';
import { alertWords } from './alert-words.js';

/** Alerts that are open where a page is about: of a service point, or all. To be put into a live region. */
export function OpenAlerts(props: {
  alerts: readonly Alert[];
  registry: AlertWords['registry'];
  context: PageContext;
}) {
  const { alerts, registry, context } = props;
  const { alertPages } = context.messages;
  if (alerts.length === 0) return <p>{alertPages.noneHere}</p>;
  const words = alertWords(context, registry);
  return <AlertTable alerts={alerts} words={words} context={context} caption={alertPages.openHere} />;
}
