import { HymioError } from '@hymio/protocol';
import * as z from 'zod';
import {
  terminalDetailSchema,
  terminalViewSchema,
  viewTerminal,
  viewTerminalDetail,
} from '../../terminals/terminal-view.js';
import type { App } from '../app.js';
import type { ServedParts } from '../http-parts.js';
import { idParameters, problemResponse } from '../schemas/parameters.js';

export function terminalRoutes(app: App, { store, clock, board }: ServedParts): void {
  app.get(
    '/api/v1/terminals',
    {
      schema: {
        summary: 'All terminals and how they are, by id',
        querystring: z.strictObject({}),
        response: { 200: z.object({ terminals: z.array(terminalViewSchema) }), default: problemResponse },
      },
    },
    async () => {
      const { terminals } = await board.look();
      return { terminals: terminals.map(({ record, state }) => viewTerminal(record, state)) };
    },
  );
  app.get(
    '/api/v1/terminals/:id',
    {
      schema: {
        summary: 'One terminal with its epochs, losses, incidents and assignments',
        params: idParameters,
        querystring: z.strictObject({}),
        response: { 200: terminalDetailSchema, default: problemResponse },
      },
    },
    async (request) => {
      const { id } = request.params;
      const [snapshot, terminal] = await Promise.all([board.look(), store.terminal(id, clock.now())]);
      const state = snapshot.terminal(id)?.state;
      if (terminal !== undefined && state !== undefined) return viewTerminalDetail(terminal, state);
      throw new HymioError(
        'unknown-terminal',
        `There is no terminal ${JSON.stringify(id)}.`,
        'GET /api/v1/terminals lists those that exist.',
      );
    },
  );
}
