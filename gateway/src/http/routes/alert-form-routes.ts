import { HymioError } from '@hymio/protocol';
import * as z from 'zod';
import { alertPage, MAX_COMMENT } from '../../pages/alerts/alert-page.js';
import { alertIdSchema, loadAlert } from '../../pages/alerts/alert-view.js';
import { readForm } from '../form-body.js';
import { byField, type FormWhere, formRoute } from '../form-route.js';
import type { ServedParts } from '../http-parts.js';

const text = z.string().max(MAX_COMMENT, 'tooLong');
const actSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('acknowledge'), by: byField, text }),
  z.object({ action: z.literal('close'), by: byField, text }),
  z.object({ action: z.literal('comment'), by: byField, text: text.min(1, 'required') }),
]);

/** What people do with an alert: acknowledge, close, comment. */
export function alertFormRoutes(where: FormWhere): void {
  formRoute(where, {
    path: '/alerts/:id',
    params: z.object({ id: alertIdSchema }),
    async handle({ params: { id }, parts, body, context }) {
      const model = await loadAlert(id, parts);
      const { forms, alertPages } = context.messages;
      const read = readForm(actSchema, body, forms);
      if (!read.ok) return { kind: 'again', html: alertPage(model, context, body.again('act', read.faults)) };
      const notice = await act(id, read.value, parts).catch((error: unknown) => {
        if (error instanceof HymioError && error.code === 'alert-closed') return undefined;
        throw error;
      });
      return {
        kind: 'redirect',
        to: `/alerts/${id}`,
        notice: notice === undefined ? alertPages.meanwhileClosed : alertPages.done[notice],
      };
    },
  });
}

async function act(
  id: number,
  { action, by, text: said }: z.infer<typeof actSchema>,
  { alerting }: ServedParts,
): Promise<'acknowledge' | 'close' | 'comment'> {
  const engine = alerting?.engine;
  switch (action) {
    case 'acknowledge':
      await engine?.acknowledge(id, by);
      if (said !== '') await engine?.comment(id, by, said);
      break;
    case 'close':
      await engine?.close(id, by, said);
      break;
    case 'comment':
      await engine?.comment(id, by, said);
      break;
  }
  return action;
}
