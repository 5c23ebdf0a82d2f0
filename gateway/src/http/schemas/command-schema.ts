import { COMMANDS, diagnosticsSchema } from '@hymio/protocol';
import * as z from 'zod';
import type { CommandRun } from '../../commands/command-run.js';

export const commandRequestSchema = z.strictObject({ command: z.enum(COMMANDS) });

/** What became of a command. */
export const commandRunSchema = z.object({
  id: z.string(),
  terminal: z.string(),
  command: z.enum(COMMANDS),
  state: z
    .enum(['waiting', 'done', 'refused', 'no-answer', 'not-sent'])
    .describe('no-answer: none within 10 s; not-sent: the gateway has no connection to the broker'),
  at: z.int().describe('UTC milliseconds since 1970'),
  endedAt: z.int().exactOptional(),
  code: z.string().exactOptional().describe('with `refused`: why, as the terminal says it'),
  detail: z.string().exactOptional(),
  diagnostics: diagnosticsSchema.exactOptional(),
});

export function viewRun({ who: _, ...run }: CommandRun): z.infer<typeof commandRunSchema> {
  return run;
}
