import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { enrolmentClosed } from '../../identity/enrolment-closed.js';
import { loadTerminal } from '../../pages/admin/admin-models.js';
import { codePage } from '../../pages/admin/code-page.js';
import { shutOutPage } from '../../pages/admin/shut-out-page.js';
import { terminalPage } from '../../pages/admin/terminal-page.js';
import type { ServedEnrolment } from '../../people/sight/limited-enrolment.js';
import { editForm } from './edit-form.js';

type Where = Parameters<typeof editForm>[0];

/** Forms of how a terminal proves itself: a code, its withdrawal, shutting out. */
export function identityForms(where: Where): void {
  const desk = (): ServedEnrolment => {
    const { enrolment } = where.parts;
    if (enrolment === undefined) throw enrolmentClosed();
    return enrolment;
  };
  const known = {
    params: z.object({ id: idSchema }),
    fields: [],
    // Whoever may not see the terminal ends here, before anything is done about it.
    load: ({ id }: { id: string }, now: number) => loadTerminal(where.parts, id, now),
    page: terminalPage,
  };
  editForm(where, {
    ...known,
    id: 'code',
    path: '/admin/terminals/:id/code',
    read:
      (_, { params: { id }, context }) =>
      async (by) => ({ html: codePage(id, await desk().makeCode(id, by), context) }),
  });
  editForm(where, {
    ...known,
    id: 'withdraw-code',
    path: '/admin/terminals/:id/withdraw-code',
    read:
      (_, { params: { id }, context }) =>
      async (by) => {
        await desk().withdrawCode(id, by);
        return { to: `/admin/terminals/${id}`, notice: context.messages.terminalIdentity.withdrawn };
      },
  });
  editForm(where, {
    ...known,
    id: 'shut-out',
    path: '/admin/terminals/:id/shut-out',
    page: shutOutPage,
    read:
      (_, { params: { id }, context }) =>
      async (by) => {
        await desk().shutOut(id, by);
        return { to: `/admin/terminals/${id}`, notice: context.messages.terminalIdentity.done };
      },
  });
}
