import * as z from 'zod';

/** Topic `config`, gateway to terminal, retained: desired settings. Applied when `version` differs. */
export const configMessageSchema = z.object({
  version: z.string().min(1).max(100),
  heartbeatIntervalMs: z.int().min(5_000).max(3_600_000).optional().describe('default 60000'),
});
export type ConfigMessage = z.infer<typeof configMessageSchema>;
