import type { Alert } from '../../alerts/alert.js';
import { type AlertWords, describeAlert } from '../../alerts/describe-alert.js';
import type { PageContext } from '../page-context.js';
import { AlertBadge } from './alert-badge.js';

/** Alerts, one a row. `caption`: what they are. */
export function AlertTable(props: {
  alerts: readonly Alert[];
  words: AlertWords;
  context: PageContext;
  caption: string;
}) {
  const { alerts, words, context, caption } = props;
  const { alertPages } = context.messages;
  return (
    <table class="cards">
      <caption class="hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{alertPages.what}</th>
          <th scope="col">{alertPages.state}</th>
          <th scope="col">{alertPages.opened}</th>
          <th scope="col">{alertPages.acknowledged}</th>
        </tr>
      </thead>
      <tbody>
        {alerts.map((alert) => (
          <AlertRow key={alert.id} alert={alert} words={words} context={context} />
        ))}
      </tbody>
    </table>
  );
}

function AlertRow({ alert, words, context }: { alert: Alert; words: AlertWords; context: PageContext }) {
  const { formats, messages, now } = context;
  const { alertPages } = messages;
  const { title, happened } = describeAlert(alert, words);
  return (
    <tr>
      <th scope="row">
        <a href={context.link(`/alerts/${alert.id}`)}>{title}</a>
        <span class="detail">{happened}</span>
      </th>
      <td data-label={alertPages.state}>
        <AlertBadge alert={alert} context={context} />
      </td>
      <td data-label={alertPages.opened}>
        {formats.moment(alert.openedAt, now)}
        <span class="detail">{alertPages.ago(formats.duration(Math.max(0, now - alert.openedAt)))}</span>
      </td>
      <td data-label={alertPages.acknowledged} class="wide">
        {alert.acknowledged === undefined
          ? alertPages.nobodyYet
          : alertPages.acknowledgedBy(alert.acknowledged.by, formats.moment(alert.acknowledged.at, now))}
      </td>
    </tr>
  );
}
