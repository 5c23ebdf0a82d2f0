import { HymioError } from '@hymio/protocol';
import * as z from 'zod';
import { assessTerminals } from '../../terminals/assess-terminals.js';
import {
  terminalDetailSchema,
  terminalViewSchema,
  viewTerminal,
  viewTerminalDetail,
} from '../../terminals/terminal-view.js';
import type { App } from '../app.js';
import type { HttpParts } from '../http-parts.js';
import { idParameters, problemResponse } from '../schemas/parameters.js';

export function terminalRoutes(app: App, { store, clock, zone }: HttpParts): void {
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
      const [registry, terminals] = await Promise.all([store.registry(), store.terminals(now)]);
      const stateOf = assessTerminals(registry, { now, zone });
      return { terminals: terminals.map((terminal) => viewTerminal(terminal, stateOf(terminal))) };
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
      const [registry, terminal] = await Promise.all([store.registry(), store.terminal(request.params.id, now)]);
      if (terminal !== undefined)
        return viewTerminalDetail(terminal, assessTerminals(registry, { now, zone })(terminal));
      throw new HymioError(
        'unknown-terminal',
        `There is no terminal ${JSON.stringify(request.params.id)}.`,
        'GET /api/v1/terminals lists those that exist.',
      );
    },
  );
}
