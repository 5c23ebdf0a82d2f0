import { resolve } from 'node:path';
import * as z from 'zod';
import { readOptions } from '../config/read-options.js';
import { DEMO_PLACES } from './demo-place.js';

const port = z.int('give a port number').min(0).max(65_535);

export const demoOptionsSchema = z.strictObject({
  /** Folder of everything that the demo keeps. */
  data: z
    .string()
    .min(1)
    .transform((path) => resolve(path)),
  /** 0 takes a free port. */
  httpPort: port.default(8_080),
  mqttPort: port.default(1_883),
  /** Where nothing is said, 8090 if it is free. */
  buttonPort: port.optional(),
  terminals: z
    .int('give a number')
    .min(3, 'at least 3')
    .max(DEMO_PLACES.length, `at most ${DEMO_PLACES.length}`)
    .default(DEMO_PLACES.length),
});
export type DemoOptions = z.infer<typeof demoOptionsSchema>;

/** Errors as `readOptions`. */
export function readDemoOptions(given: Record<string, unknown>): DemoOptions {
  return readOptions<DemoOptions>(
    { help: 'npm start -- --help', schema: demoOptionsSchema as z.ZodType<DemoOptions>, paths: [] },
    given,
  );
}
