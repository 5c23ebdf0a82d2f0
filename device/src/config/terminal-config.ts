import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  describeIssues,
  HymioError,
  MAX_LOCKOUT_MS,
  MIN_LOCKOUT_MS,
  readYamlText,
  terminalIdSchema,
} from '@hymio/protocol';
import { parse } from 'yaml';
import * as z from 'zod';
import { CLOCK_SOURCES } from '../clock/system-clock.js';
import { firmataPanelConfigSchema } from '../panel/firmata/firmata-panel-config.js';
import { gpioPanelConfigSchema } from '../panel/gpio/gpio-panel-config.js';
import { serialPanelConfigSchema } from '../panel/serial/serial-panel-config.js';

const brokerUrl = z
  .string()
  .regex(/^mqtts?:\/\/[^/\s]+\/?$/, 'write it as mqtt://host:1883')
  .refine((url) => URL.canParse(url), 'not an address; write it as mqtt://host:1883');

/** The terminal's own configuration file. Unknown keys are faults: a misspelt one would be ignored silently. */
export const terminalConfigSchema = z.strictObject({
  terminal: terminalIdSchema,
  data: z.string().min(1, 'name the folder for the journal'),
  broker: z.strictObject({
    url: brokerUrl,
    username: z.string().min(1).optional(),
    passwordFile: z.string().min(1).optional(),
    caFile: z.string().min(1).optional(),
  }),
  panel: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('stdin') }),
    firmataPanelConfigSchema,
    gpioPanelConfigSchema,
    serialPanelConfigSchema,
  ]),
  /** Left out: lockout of 25 ms. */
  buttons: z.strictObject({ lockoutMs: z.int().min(MIN_LOCKOUT_MS).max(MAX_LOCKOUT_MS) }).optional(),
  clock: z.strictObject({ source: z.enum(CLOCK_SOURCES) }).default({ source: 'auto' }),
  heartbeatIntervalMs: z.int().min(1_000).max(3_600_000).optional(),
  log: z.strictObject({ level: z.enum(['debug', 'info', 'warn', 'error', 'silent']) }).default({ level: 'info' }),
});
export type TerminalConfig = z.infer<typeof terminalConfigSchema>;

/**
 * Reads and checks a configuration file; relative paths become absolute, relative to the file.
 * Errors: HymioError `config-unreadable`, `config-invalid` naming every fault with its path.
 */
export function readTerminalConfig(file: string): TerminalConfig {
  const config = checkTerminalConfig(readYamlText(readText(file), file, parse), file);
  const base = dirname(resolve(file));
  const { passwordFile, caFile, ...broker } = config.broker;
  return {
    ...config,
    data: resolve(base, config.data),
    broker: {
      ...broker,
      ...(passwordFile !== undefined && { passwordFile: resolve(base, passwordFile) }),
      ...(caFile !== undefined && { caFile: resolve(base, caFile) }),
    },
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new HymioError(
      'config-unreadable',
      `${file} cannot be read: ${message}.`,
      'Give an existing YAML file with --config.',
      {
        cause: error,
      },
    );
  }
}

function checkTerminalConfig(value: unknown, file: string): TerminalConfig {
  const result = terminalConfigSchema.safeParse(value);
  if (result.success) return result.data;
  throw new HymioError(
    'config-invalid',
    `${file} is not a valid terminal configuration: ${describeIssues(result.error)}.`,
    'Correct these settings; docs/operations.md lists all of them.',
  );
}
