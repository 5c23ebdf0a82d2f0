import { HymioError } from '@hymio/protocol';
import * as z from 'zod';
import { terminalConfig } from '../../terminal-settings/terminal-config.js';
import {
  terminalDetailSchema,
  terminalViewSchema,
  viewTerminal,
  viewTerminalDetail,
} from '../../terminals/terminal-view.js';
import type { App } from '../app.js';
import type { RouteParts } from '../http-parts.js';
import { idParameters, problemResponse } from '../schemas/parameters.js';

export function terminalRoutes(app: App, parts: RouteParts): void {
  app.get(
    '/api/v1/terminals',
    {
      config: { access: { scopes: ['terminals:read'], group: 'own' } },
      schema: {
        summary: 'All terminals and how they are, by id',
        querystring: z.strictObject({}),
        response: { 200: z.object({ terminals: z.array(terminalViewSchema) }), default: problemResponse },
      },
    },
    async (request) => {
      const { terminals } = await parts.for(request).board.lookAfresh();
      return { terminals: terminals.map(({ record, state }) => viewTerminal(record, state)) };
    },
  );
  app.get(
    '/api/v1/terminals/:id',
    {
      config: { access: { scopes: ['terminals:read'], group: 'own' } },
      schema: {
        summary: 'One terminal with its epochs, losses, incidents and assignments',
        params: idParameters,
        querystring: z.strictObject({}),
        response: { 200: terminalDetailSchema, default: problemResponse },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { store, clock, board } = parts.for(request);
      const now = clock.now();
      const [snapshot, terminal] = await Promise.all([board.look(), store.terminal(id, now)]);
      // A program that has its ack finds what it sent: the record is read now, only what it is judged by may be older.
      if (terminal !== undefined) {
        return viewTerminalDetail(terminal, snapshot.stateOf(terminal, now), await terminalConfig(store, terminal));
      }
      throw new HymioError(
        'unknown-terminal',
        `There is no terminal ${JSON.stringify(id)}.`,
        'GET /api/v1/terminals lists those that exist.',
      );
    },
  );
}
