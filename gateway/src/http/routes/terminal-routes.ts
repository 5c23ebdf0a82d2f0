import { HymioError } from '@hymio/protocol';
import * as z from 'zod';
import {
  terminalDetailSchema,
  terminalViewSchema,
  viewTerminal,
  viewTerminalDetail,
} from '../../terminals/terminal-view.js';
import type { App } from '../app.js';
import type { HttpParts } from '../http-parts.js';
import { idParameters, problemResponse } from '../schemas/parameters.js';

export function terminalRoutes(app: App, { store, clock }: HttpParts): void {
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
      const now = clock.now();
      const terminals = await store.terminals(now);
      return { terminals: terminals.map((terminal) => viewTerminal(terminal, now)) };
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
      const now = clock.now();
      const terminal = await store.terminal(request.params.id, now);
      if (terminal !== undefined) return viewTerminalDetail(terminal, now);
      throw new HymioError(
        'unknown-terminal',
        `There is no terminal ${JSON.stringify(request.params.id)}.`,
        'GET /api/v1/terminals lists those that exist.',
      );
    },
  );
}
