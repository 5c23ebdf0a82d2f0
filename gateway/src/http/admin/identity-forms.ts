import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { enrolmentClosed } from '../../identity/enrolment-closed.js';
import { loadTerminal } from '../../pages/admin/admin-models.js';
import { codePage } from '../../pages/admin/code-page.js';
import { shutOutPage } from '../../pages/admin/shut-out-page.js';
import { terminalPage } from '../../pages/admin/terminal-page.js';
import type { ServedEnrolment } from '../../people/sight/limited-enrolment.js';
import type { FormWhere } from '../form-route.js';
import type { ServedParts } from '../http-parts.js';
import { editForm } from './edit-form.js';

/** Forms of how a terminal proves itself: a code, its withdrawal, shutting out. */
export function identityForms(where: FormWhere): void {
  const desk = ({ enrolment }: ServedParts): ServedEnrolment => {
    if (enrolment === undefined) throw enrolmentClosed();
    return enrolment;
  };
  const known = {
    params: z.object({ id: idSchema }),
    fields: [],
    // Whoever may not see the terminal ends here, before anything is done about it.
    load: ({ id }: { id: string }, parts: ServedParts, { now }: { now: number }) => loadTerminal(parts, id, now),
    page: terminalPage,
  };
  editForm(where, {
    ...known,
    id: 'code',
    path: '/admin/terminals/:id/code',
    read:
      (_, { params: { id }, parts, context }) =>
      async (by) => ({ html: codePage(id, await desk(parts).makeCode(id, by), context) }),
  });
  editForm(where, {
    ...known,
    id: 'withdraw-code',
    path: '/admin/terminals/:id/withdraw-code',
    read:
      (_, { params: { id }, parts, context }) =>
      async (by) => {
        await desk(parts).withdrawCode(id, by);
        return { to: `/admin/terminals/${id}`, notice: context.messages.terminalIdentity.withdrawn };
      },
  });
  editForm(where, {
    ...known,
    id: 'shut-out',
    path: '/admin/terminals/:id/shut-out',
    page: shutOutPage,
    read:
      (_, { params: { id }, parts, context }) =>
      async (by) => {
        await desk(parts).shutOut(id, by);
        return { to: `/admin/terminals/${id}`, notice: context.messages.terminalIdentity.done };
      },
  });
}
