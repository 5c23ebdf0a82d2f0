import { HymioError } from '@hymio/protocol';
import * as z from 'zod';
import type { HttpParts } from '../../http/http-parts.js';
import { pageView } from '../page-view.js';
import { type AlertModel, alertPage } from './alert-page.js';

/** A number of an alert in an address. */
export const alertIdSchema = z.coerce.number().pipe(z.int().min(1).max(Number.MAX_SAFE_INTEGER));

/** Everything about one alert. Error: HymioError `unknown-alert`. */
export async function loadAlert(id: number, { store, alerting }: HttpParts): Promise<AlertModel> {
  const [registry, detail] = await Promise.all([store.registry(), alerting?.store.alert(id)]);
  if (detail === undefined) {
    throw new HymioError('unknown-alert', `There is no alert ${id}.`, 'Look at the list of alerts.');
  }
  return { ...detail, registry, numbersNow: await alerting?.engine.numbersNow(detail.alert) };
}

/** One alert: what happened, how it stands, what can be done. */
export const alertView = pageView({
  path: '/alerts/:id',
  params: z.object({ id: alertIdSchema }),
  query: z.object({}),
  load: ({ params }, parts) => loadAlert(params.id, parts),
  render: (model, context) => alertPage(model, context),
  concerns(model) {
    const { subject } = model.alert;
    return (event) => {
      if (event.kind === 'press') return event.press.servicePoint === subject.servicePoint;
      if (event.kind === 'terminal') return subject.kind === 'terminal' && subject.terminal === event.terminal;
      return true;
    };
  },
});
