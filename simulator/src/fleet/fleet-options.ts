import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { readOptions } from '../config/read-options.js';
import { timeZoneSchema } from '../config/time-zone.js';
import { FAULT_LEVELS } from './fault-plan.js';

const file = (what: string) => z.string(`name ${what}`).min(1);
const number = (text: string) => z.number(`give a number: ${text}`);

/** What a fleet does. Unknown keys are faults: a misspelt one would be ignored silently. */
export const fleetOptionsSchema = z.strictObject({
  /** The gateway's broker. */
  gatewayMqtt: z
    .string()
    .regex(/^mqtt:\/\/[^/\s]+:\d{1,5}\/?$/, 'write it as mqtt://127.0.0.1:1883')
    .default('mqtt://127.0.0.1:1883'),
  terminals: number('how many').int().min(1).max(1_000).default(12),
  /** Terminals are called <prefix>-001 and so on. */
  prefix: idSchema.max(50).default('sim'),
  seed: number('any').int().min(0).max(2_147_483_647).default(1),
  /** Simulated days up to now. */
  days: number('of days').min(0).max(3_660).default(7),
  data: file('the folder for the journals'),
  ledger: file('the file for the ground truth'),
  faults: z.enum(FAULT_LEVELS).default('none'),
  /** Live all through online, so many times as fast as real time. */
  compress: number('a factor').min(1).max(600).optional(),
  /** One process per terminal; kills are SIGKILL. */
  processes: z.boolean().default(false),
  timezone: timeZoneSchema.default('Europe/Helsinki'),
  /** How long everything may take to be delivered at the end. */
  drainSeconds: number('of seconds').min(1).max(3_600).default(120),
});
export type FleetOptions = z.infer<typeof fleetOptionsSchema>;

/** Errors as `readOptions`. */
export function readFleetOptions(given: Record<string, unknown>, configFile?: string): FleetOptions {
  const options = { help: 'hymio-simulator fleet --help', schema: fleetOptionsSchema, paths: ['data', 'ledger'] };
  return readOptions<FleetOptions>(options, given, configFile);
}
