import * as z from 'zod';
import { readOptions } from '../config/read-options.js';

/** What `verify` compares. */
export const verifyOptionsSchema = z.strictObject({
  ledger: z.string('name the file that `fleet` wrote').min(1),
  gateway: z.url({ protocol: /^https?$/, error: 'write it as http://127.0.0.1:8080' }).default('http://127.0.0.1:8080'),
  waitSeconds: z.number('give a number of seconds').min(0).max(86_400).default(0),
});
export type VerifyOptions = z.infer<typeof verifyOptionsSchema>;

/** Errors as `readOptions`. */
export function readVerifyOptions(given: Record<string, unknown>, configFile?: string): VerifyOptions {
  return readOptions<VerifyOptions>(
    { help: 'hymio-simulator verify --help', schema: verifyOptionsSchema, paths: ['ledger'] },
    given,
    configFile,
  );
}
