import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { isChanged } from '../../board/board-change.js';
import { pageView } from '../page-view.js';
import { countsStart, readHours, servicePointModel } from './service-point-model.js';
import { servicePointPage } from './service-point-page.js';

/** Open alerts that are shown. */
const MOST_ALERTS = 10;

/** One service point: what was said today and in the last days, and what stands there. */
export const servicePointView = pageView({
  path: '/service-points/:id',
  params: z.object({ id: idSchema }),
  query: z.object({}),
  async load({ params: { id }, now }, { board, store, zone, alerting }) {
    const [snapshot, cells, open] = await Promise.all([
      board.look(),
      readHours(store, id, countsStart(now, zone), now, zone),
      alerting?.store.alerts({ state: 'active', servicePoint: id, limit: MOST_ALERTS }),
    ]);
    return servicePointModel(snapshot, id, cells, { zone, now, alerts: open });
  },
  render: servicePointPage,
  concerns(model) {
    const { id } = model.point;
    return (event) => event.kind === 'board' && isChanged(event.change, 'places', id);
  },
});
