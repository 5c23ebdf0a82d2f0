import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, resolve } from 'node:path';
import { describeIssues, HymioError, idSchema, readYamlText } from '@hymio/protocol';
import { parse } from 'yaml';
import * as z from 'zod';
import { isSchedule } from '../reporting/report-schedule.js';
import { directorySchema } from './directory-config.js';
import { exposureFaults, isNetwork } from './exposure.js';

/** Raw presses are kept this long where the configuration says nothing; rollups stay for ever. */
const DEFAULT_RETENTION_DAYS = 400;

/** Of the embedded broker at once: well above the largest fleet of one gateway, well below what its memory holds. */
const DEFAULT_BROKER_CONNECTIONS = 20_000;

/** Of one address: a whole office may stand behind it. */
const DEFAULT_REQUESTS_PER_MINUTE = 3_000;

/** Mondays at 7:00, local: the week that has just ended. */
const DEFAULT_REPORT_SCHEDULE = '0 7 * * 1';

export interface Address {
  host: string;
  port: number;
}

const addressSchema = z
  .string()
  .regex(/^(\[[0-9a-fA-F:]+\]|[^:\s]+):\d{1,5}$/, 'write it as 127.0.0.1:8080')
  .transform((text): Address => {
    const colon = text.lastIndexOf(':');
    return { host: text.slice(0, colon).replaceAll(/[[\]]/g, ''), port: Number(text.slice(colon + 1)) };
  })
  .refine((address) => address.port <= 65_535, 'a port is at most 65535');

const publicUrlSchema = z
  .url({ protocol: /^https?$/, error: 'write it as https://hymio.example.org' })
  .refine(
    (url) => URL.canParse(url) && new URL(url).pathname === '/',
    'the address of the gateway itself, without a path',
  );

const originSchema = z
  .string()
  .regex(/^https?:\/\/(\*\.)?[a-zA-Z0-9.-]+(:\d{1,5})?$/, 'write it as https://www.example.org, without a path');

const zoneSchema = z.string().refine(isZone, 'not an IANA time zone; write it as Europe/Helsinki');

/** `own`: a certificate of the gateway's own authority. Either way terminals show theirs. */
const tlsSchema = z.union(
  [z.literal('own'), z.strictObject({ certificateFile: z.string().min(1), keyFile: z.string().min(1) })],
  'write own, or give certificateFile and keyFile',
);

const nameSchema = z
  .string()
  .refine(
    (name) => isIP(name) !== 0 || /^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$/.test(name),
    'not a name or address',
  );

const identitySchema = z.strictObject({
  names: z.array(nameSchema).min(1, 'name the host under which terminals reach the gateway'),
  listen: addressSchema.optional(),
  graceDays: z.int().min(0).max(3_650).default(90),
});

/** Whether the gateway tells presses, states and alerts on topics of its own: `hymio/v1/events/…`. */
const eventsSchema = z.boolean().default(false);

const mqttSchema = z.union(
  [
    z.strictObject({
      listen: addressSchema,
      tls: tlsSchema.optional(),
      plain: addressSchema.optional(),
      maxConnections: z.int().min(1).max(1_000_000).default(DEFAULT_BROKER_CONNECTIONS),
      events: eventsSchema,
      allowPlain: z.boolean().optional(),
    }),
    z.strictObject({
      url: z
        .string()
        .regex(/^mqtts?:\/\/[^/\s]+\/?$/)
        .refine((url) => URL.canParse(url)),
      username: z.string().min(1).optional(),
      passwordFile: z.string().min(1).optional(),
      tls: z.literal('own').optional(),
      events: eventsSchema,
    }),
  ],
  'give either listen: 127.0.0.1:1883 (embedded broker) or url: mqtt://host:1883 (a broker elsewhere)',
);

const mailSchema = z.strictObject({
  smtp: z.strictObject({
    host: z.string().min(1),
    port: z.int().min(1).max(65_535).default(587),
    secure: z.boolean().default(false),
    username: z.string().min(1).optional(),
    passwordFile: z.string().min(1).optional(),
  }),
  from: z.email('the address of the sender, as hymio@example.org'),
});

const webhooksSchema = z
  .array(
    z.strictObject({
      name: idSchema,
      url: z.url({ protocol: /^https?$/, error: 'write it as https://example.org/hymio' }),
      secretFile: z.string().min(1),
    }),
  )
  .refine((hooks) => new Set(hooks.map(({ name }) => name)).size === hooks.length, 'two webhooks have the same name');

const peopleSchema = z.strictObject({
  idleHours: z.number().min(0.05).max(720).default(12),
  absoluteDays: z.number().min(0.05).max(90).default(7),
  breachedPasswordsFile: z.string().min(1).optional(),
  oidc: directorySchema.optional(),
});

const configSchema = z.strictObject({
  data: z.string().min(1, 'name the folder for the store'),
  timezone: zoneSchema.default('Europe/Helsinki'),
  mqtt: mqttSchema,
  identity: identitySchema.optional(),
  http: z.strictObject({
    listen: addressSchema,
    tls: z.strictObject({ certificateFile: z.string().min(1), keyFile: z.string().min(1) }).optional(),
    trustedProxies: z
      .array(z.string().refine(isNetwork, 'write an address as 10.0.0.5, or a network as 10.0.0.0/8'))
      .default([]),
    requestsPerMinute: z.int().min(60).max(1_000_000).default(DEFAULT_REQUESTS_PER_MINUTE),
    publicUrl: publicUrlSchema.optional(),
    requireToken: z.boolean().default(false),
  }),
  people: peopleSchema.prefault({}),
  public: z
    .strictObject({ frameAncestors: z.array(originSchema).default([]), index: z.boolean().default(false) })
    .prefault({}),
  store: z.strictObject({ type: z.literal('sqlite') }).default({ type: 'sqlite' }),
  mail: mailSchema.optional(),
  webhooks: webhooksSchema.default([]),
  reports: z
    .strictObject({
      schedule: z
        .string()
        .refine(
          (text) => text === 'off' || isSchedule(text),
          'not a cron expression; write minute hour day month weekday as "0 7 * * 1", or off',
        )
        .default(DEFAULT_REPORT_SCHEDULE),
    })
    .prefault({}),
  retentionDays: z.int().min(1).max(36_500).default(DEFAULT_RETENTION_DAYS),
  log: z
    .strictObject({
      level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
      access: z.boolean().default(false),
    })
    .prefault({}),
});

/** The gateway's configuration file. Unknown keys are faults: a misspelt one would be ignored silently. */
export const gatewayConfigSchema = configSchema
  .refine(({ mqtt, identity }) => mqtt.tls === undefined || identity !== undefined, {
    path: ['mqtt', 'tls'],
    error: 'needs identity.names: the names under which terminals reach the gateway',
  })
  .refine(({ mqtt }) => !('plain' in mqtt) || mqtt.plain === undefined || mqtt.tls !== undefined, {
    path: ['mqtt', 'plain'],
    error: 'stands beside a listener with tls; without it, listen is the plain one',
  })
  .refine(({ http, people }) => people.oidc === undefined || http.publicUrl !== undefined, {
    path: ['people', 'oidc'],
    error: 'needs http.publicUrl: the directory sends people back there',
  })
  .superRefine((config, context) => {
    if (!hasAddresses(config)) return;
    for (const { path, error } of exposureFaults(config)) {
      context.addIssue({ code: 'custom', path, message: error });
    }
  });
export type GatewayConfig = z.infer<typeof configSchema>;

/** What is no address has been named already, and is not taken apart: it is a text still. */
function hasAddresses({ http, mqtt }: GatewayConfig): boolean {
  const addresses: readonly unknown[] = [http.listen, ...('listen' in mqtt ? [mqtt.listen, mqtt.plain] : [])];
  return addresses.every((address) => typeof address !== 'string');
}

/**
 * Reads and checks a configuration file; relative paths become absolute, relative to the file.
 * Errors: HymioError `config-unreadable`, `config-invalid` naming every fault with its path.
 */
export function readGatewayConfig(file: string): GatewayConfig {
  const result = gatewayConfigSchema.safeParse(readYaml(file));
  if (!result.success) {
    throw new HymioError(
      'config-invalid',
      `${file} is not a valid gateway configuration: ${describeIssues(result.error)}.`,
      'Correct these settings; docs/operations.md lists all of them.',
    );
  }
  return withAbsolutePaths(result.data, dirname(resolve(file)));
}

function withAbsolutePaths(config: GatewayConfig, base: string): GatewayConfig {
  const { data, http, mqtt, mail, webhooks, people } = config;
  return {
    ...config,
    data: resolve(base, data),
    http: withTlsFiles(http, base),
    mqtt: 'url' in mqtt ? withPasswordFile(mqtt, base) : withTlsFiles(mqtt, base),
    people: withPeopleFiles(people, base),
    webhooks: webhooks.map((hook) => ({ ...hook, secretFile: resolve(base, hook.secretFile) })),
    ...(mail === undefined ? {} : { mail: { ...mail, smtp: withPasswordFile(mail.smtp, base) } }),
  };
}

function withPeopleFiles(people: GatewayConfig['people'], base: string): GatewayConfig['people'] {
  const { breachedPasswordsFile: breached, oidc } = people;
  const secret = oidc?.clientSecretFile;
  return {
    ...people,
    ...(breached === undefined ? {} : { breachedPasswordsFile: resolve(base, breached) }),
    ...(oidc === undefined || secret === undefined
      ? {}
      : { oidc: { ...oidc, clientSecretFile: resolve(base, secret) } }),
  };
}

function withPasswordFile<T extends { passwordFile?: string | undefined }>(of: T, base: string): T {
  return of.passwordFile === undefined ? of : { ...of, passwordFile: resolve(base, of.passwordFile) };
}

function withTlsFiles<T extends { tls?: z.infer<typeof tlsSchema> | undefined }>(of: T, base: string): T {
  if (of.tls === undefined || of.tls === 'own') return of;
  const { certificateFile, keyFile } = of.tls;
  return { ...of, tls: { certificateFile: resolve(base, certificateFile), keyFile: resolve(base, keyFile) } };
}

/** Parses a YAML file. Errors: HymioError `config-unreadable`. */
export function readYaml(file: string): unknown {
  return readYamlText(readText(file), file, parse);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new HymioError('config-unreadable', `${file} cannot be read: ${message}.`, 'Give an existing YAML file.', {
      cause: error,
    });
  }
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
