import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { loadTerminal } from '../../pages/admin/admin-models.js';
import { newTerminalPage, terminalPage } from '../../pages/admin/terminal-page.js';
import type { RegistryEdit } from '../../registry/registry-edit.js';
import type { FormWhere } from '../form-route.js';
import type { ServedParts } from '../http-parts.js';
import { editForm } from './edit-form.js';

const byId = z.object({ id: idSchema });

/** Forms of terminals: name, moves, another device, out of use and back. */
export function terminalForms(where: FormWhere): void {
  const load = ({ id }: { id: string }, parts: ServedParts, { now }: { now: number }) => loadTerminal(parts, id, now);
  const known = { params: byId, load, page: terminalPage };
  editForm(where, {
    id: 'terminal',
    fields: ['id', 'name'],
    path: '/admin/new-terminal',
    params: z.object({}),
    load: async () => undefined,
    read: (typed, { parts }) => {
      const terminal = typed.text('id', 63);
      const name = typed.text('name', 200);
      return async (by) => {
        await parts.administration.editRegistry({ kind: 'put-terminal', terminal, ...(name !== '' && { name }) }, by);
        return { to: `/admin/terminals/${terminal}` };
      };
    },
    page: (_, context, sent) => newTerminalPage(context, sent),
  });
  editForm(where, {
    ...known,
    id: 'terminal',
    fields: ['name'],
    path: '/admin/terminals/:id',
    read: (typed, { params: { id: terminal }, parts }) => {
      const name = typed.text('name', 200);
      const edit = { kind: 'put-terminal', terminal, ...(name !== '' && { name }), ...typed.version() } as const;
      return async (by) => {
        await parts.administration.editRegistry(edit, by);
        return { to: `/admin/terminals/${terminal}` };
      };
    },
  });
  editForm(where, {
    ...known,
    id: 'move',
    fields: ['servicePoint', 'question', 'from'],
    path: '/admin/terminals/:id/move',
    read: (typed, { params: { id: terminal }, parts, context }) => {
      const servicePoint = typed.text('servicePoint', 63);
      const question = typed.text('question', 63);
      const place = { ...(servicePoint !== '' && { servicePoint }), ...(question !== '' && { question }) };
      const edit = {
        kind: 'move-terminal',
        terminal,
        from: typed.instant('from'),
        ...place,
        ...typed.version(),
      } as const;
      return async (by) => {
        const { recounted } = await parts.administration.editRegistry(edit, by);
        return { to: `/admin/terminals/${terminal}`, notice: context.messages.admin.terminals.moved(recounted.length) };
      };
    },
  });
  lifeForms(where, known);
}

function lifeForms(
  where: FormWhere,
  known: {
    params: typeof byId;
    load: (params: { id: string }, parts: ServedParts, sent: { now: number }) => ReturnType<typeof loadTerminal>;
    page: typeof terminalPage;
  },
): void {
  const done = async (
    { administration }: ServedParts,
    edit: RegistryEdit & { terminal: string },
    by: { who: string; at: number },
    notice: string,
  ) => {
    await administration.editRegistry(edit, by);
    return { to: `/admin/terminals/${edit.terminal}`, notice };
  };
  editForm(where, {
    ...known,
    id: 'replace',
    fields: ['at', 'why'],
    path: '/admin/terminals/:id/replace',
    read: (typed, { params: { id: terminal }, parts, context }) => {
      const edit = {
        kind: 'replace-device',
        terminal,
        at: typed.instant('at'),
        why: typed.text('why'),
        ...typed.version(),
      } as const;
      return (by) => done(parts, edit, by, context.messages.admin.terminals.replaced);
    },
  });
  editForm(where, {
    ...known,
    id: 'retire',
    fields: ['at', 'why'],
    path: '/admin/terminals/:id/retire',
    read: (typed, { params: { id: terminal }, parts, context }) => {
      const why = typed.text('why');
      const at = typed.instant('at');
      const edit = { kind: 'retire-terminal', terminal, at, ...(why !== '' && { why }), ...typed.version() } as const;
      return (by) => done(parts, edit, by, context.messages.admin.terminals.retired);
    },
  });
  editForm(where, {
    ...known,
    id: 'restore',
    fields: [],
    path: '/admin/terminals/:id/restore',
    read:
      (typed, { params: { id: terminal }, parts, context }) =>
      (by) =>
        done(
          parts,
          { kind: 'restore-terminal', terminal, ...typed.version() },
          by,
          context.messages.admin.terminals.restored,
        ),
  });
}
