import { HymioError } from '@hymio/protocol';
import * as z from 'zod';
import type { App } from '../app.js';
import { tokenNeeded } from '../guard-api.js';
import type { RouteParts } from '../http-parts.js';
import { requireCommand } from '../people/require-command.js';
import { commandRequestSchema, commandRunSchema, viewRun } from '../schemas/command-schema.js';
import { idParameters, problemResponse } from '../schemas/parameters.js';

/** Commands of programs: always with a token or a login, whatever is read without one. */
export function commandRoutes(app: App, parts: RouteParts): void {
  app.post(
    '/api/v1/terminals/:id/commands',
    {
      config: { access: { scopes: ['terminals:command'], group: 'own' } },
      schema: {
        summary: 'Asks a terminal to do something once; answered when the terminal has, or after 10 s',
        params: idParameters,
        querystring: z.strictObject({}),
        body: commandRequestSchema,
        response: { 200: commandRunSchema, default: problemResponse },
      },
    },
    async (request) => {
      const { token, person, params, body } = request;
      const { commands, clock } = parts.for(request);
      const { command } = body;
      if (token === undefined && person === undefined) throw tokenNeeded();
      if (person !== undefined) requireCommand(person.user, command);
      if (commands === undefined) {
        throw new HymioError('unknown-terminal', 'This server gives no commands.', 'Ask the gateway that serves.');
      }
      const { ended } = await commands.give(params.id, command, {
        who: token === undefined ? (person?.user.name ?? '') : `token ${token.name}`,
        at: clock.now(),
      });
      return viewRun(await ended);
    },
  );
}
