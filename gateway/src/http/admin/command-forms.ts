import { COMMANDS, idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { terminalPage } from '../../pages/terminal/terminal-page.js';
import { loadTerminalPage } from '../../pages/terminal/terminal-view.js';
import type { FormWhere } from '../form-route.js';
import { requireCommand } from '../people/require-command.js';
import { editForm } from './edit-form.js';

/** Buttons of a terminal's page: what it is to do once. What becomes of it is shown there. */
export function commandForms(where: FormWhere): void {
  editForm(where, {
    id: 'command',
    fields: [],
    path: '/terminals/:id/command',
    params: z.object({ id: idSchema }),
    load: ({ id }, parts, { now }) => loadTerminalPage(parts, id, now),
    read: (typed, { params: { id }, parts, body, context, person }) => {
      const { terminalSettings, forms } = context.messages;
      const command = COMMANDS.find((one) => one === body.text('action'));
      if (command === undefined) typed.fault('', forms.faults.invalid);
      if (person !== undefined && command !== undefined) requireCommand(person, command);
      return async (by) => {
        if (command !== undefined) await parts.commands?.give(id, command, by);
        return { to: `/terminals/${id}`, notice: terminalSettings.asked };
      };
    },
    page: terminalPage,
  });
}
