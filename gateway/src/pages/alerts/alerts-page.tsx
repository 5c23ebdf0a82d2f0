import type { Alert, Notice } from '../../alerts/alert.js';
import type { AlertQuery } from '../../alerts/alert-store.js';
import { localized } from '../../language/language.js';
import type { Registry } from '../../registry/registry.js';
import { renderPage } from '../layout.js';
import { LinkTo } from '../link-to.js';
import { LiveRegion, LiveStatus } from '../live-region.js';
import type { PageContext } from '../page-context.js';
import { AlertTable } from './alert-table.js';
import { alertWords } from './alert-words.js';
import { NoticeList } from './notice-list.js';

export interface AlertsModel {
  registry: Registry;
  state: AlertQuery['state'];
  servicePoint: string | undefined;
  isFirstPage: boolean;
  alerts: readonly Alert[];
  /** Alerts below this number come on the next page; undefined: there are none. */
  older: number | undefined;
  /** Notices that have failed so far, or for good. */
  troubled: readonly Notice[];
}

export function alertsPage(model: AlertsModel, context: PageContext): string {
  const { alertPages } = context.messages;
  return renderPage({
    context,
    title: alertPages.title,
    current: 'alerts',
    live: true,
    children: (
      <>
        <h1>{alertPages.title}</h1>
        <LiveStatus context={context} />
        <Filter model={model} context={context} />
        <LiveRegion id="alerts" context={context}>
          <Found model={model} context={context} />
        </LiveRegion>
        <LiveRegion id="undelivered" context={context}>
          <Undelivered model={model} context={context} />
        </LiveRegion>
        <p>
          <LinkTo context={context} to="/admin/alert-rules">
            {alertPages.rules}
          </LinkTo>
        </p>
      </>
    ),
  });
}

function Filter({ model, context }: { model: AlertsModel; context: PageContext }) {
  const { alertPages, common } = context.messages;
  const { servicePoints } = model.registry;
  return (
    <form method="get" action="/alerts" class="alert-filter" aria-label={alertPages.filter}>
      <label class="alert-filter-field">
        {alertPages.state}
        <select name="state">
          {(['active', 'closed', 'all'] as const).map((state) => (
            <option key={state} value={state} selected={state === model.state}>
              {alertPages.stateChoices[state]}
            </option>
          ))}
        </select>
      </label>
      <label class="alert-filter-field">
        {common.servicePoint}
        <select name="service-point">
          <option value="">{alertPages.allServicePoints}</option>
          {servicePoints.map(({ id, name }) => (
            <option key={id} value={id} selected={id === model.servicePoint}>
              {localized(name, context.language)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">{alertPages.show}</button>
    </form>
  );
}

function Found({ model, context }: { model: AlertsModel; context: PageContext }) {
  const { alertPages } = context.messages;
  const { alerts, older, isFirstPage, state, servicePoint, registry } = model;
  const address = (before?: number) => {
    const query = new URLSearchParams({ state });
    if (servicePoint !== undefined) query.set('service-point', servicePoint);
    if (before !== undefined) query.set('before', String(before));
    return context.link(`/alerts?${query}`);
  };
  return (
    <>
      {alerts.length === 0 ? (
        <p>{state === 'active' && servicePoint === undefined ? alertPages.noneOpen : alertPages.noneFound}</p>
      ) : (
        <AlertTable
          alerts={alerts}
          words={alertWords(context, registry)}
          context={context}
          caption={alertPages.caption}
        />
      )}
      <p class="pager">
        {isFirstPage ? null : <a href={address()}>{alertPages.newest}</a>}{' '}
        {older === undefined ? null : <a href={address(older)}>{alertPages.older}</a>}
      </p>
    </>
  );
}

function Undelivered({ model: { troubled }, context }: { model: AlertsModel; context: PageContext }) {
  if (troubled.length === 0) return null;
  const { alertPages } = context.messages;
  return (
    <>
      <h2>{alertPages.undelivered}</h2>
      <p class="note">{alertPages.undeliveredNote}</p>
      <NoticeList notices={troubled} context={context} withAlert />
    </>
  );
}
