import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import type { AlertQuery } from '../../alerts/alert-store.js';
import { pageView } from '../page-view.js';
import { type AlertsModel, alertsPage } from './alerts-page.js';

const PAGE_SIZE = 50;
const MOST_TROUBLED = 20;

/** Alerts: those that are open, unless others are asked for. */
export const alertsView = pageView({
  path: '/alerts',
  params: z.object({}),
  query: z.object({
    state: z.enum(['active', 'closed', 'all']).catch('active'),
    'service-point': idSchema.optional().catch(undefined),
    before: z.coerce.number().pipe(z.int().min(1)).optional().catch(undefined),
  }),
  async load({ query }, { store, alerting }): Promise<AlertsModel> {
    const { state, before, 'service-point': servicePoint } = query;
    const wanted: AlertQuery = {
      ...{ state, limit: PAGE_SIZE + 1 },
      ...(before === undefined ? {} : { before }),
      ...(servicePoint === undefined ? {} : { servicePoint }),
    };
    const [registry, found, troubled] = await Promise.all([
      store.registry(),
      alerting?.store.alerts(wanted),
      alerting?.store.troubledNotices(MOST_TROUBLED),
    ]);
    const alerts = found ?? [];
    return {
      registry,
      state,
      servicePoint,
      isFirstPage: before === undefined,
      alerts: alerts.slice(0, PAGE_SIZE),
      older: alerts.length > PAGE_SIZE ? alerts[PAGE_SIZE - 1]?.id : undefined,
      troubled: troubled ?? [],
    };
  },
  render: alertsPage,
  concerns: () => (event) => event.kind === 'registry',
});
