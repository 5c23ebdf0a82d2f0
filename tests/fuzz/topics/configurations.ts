import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readTerminalConfig, SettingsFile, terminalConfigSchema } from '@hymio/device';
import { gatewayConfigSchema, mergeRegistry, readGatewayConfig, registryFileSchema } from '@hymio/gateway';
import { configMessageSchema, readYamlText } from '@hymio/protocol';
import {
  fleetOptionsSchema,
  ledgerLineSchema,
  readFleetOptions,
  readLedger,
  readVerifyOptions,
  verifyOptionsSchema,
} from '@hymio/simulator';
import fc from 'fast-check';
import { expect } from 'vitest';
import { parse } from 'yaml';
import type * as z from 'zod';
import { memoryFolder } from '../../support/memory-folder.js';
import { changedJson, changedValue } from '../arbitraries/changed-json.js';
import { changedText, oddText } from '../arbitraries/odd-texts.js';
import { inputSchema, valuesOf } from '../arbitraries/schema-values.js';
import { codedOrValue } from '../coded-or-value.js';
import { type Fuzzed, fuzzed } from '../fuzzed.js';
import { inTime } from '../in-time.js';

const TOPIC = 'files';
const EMPTY = { groups: [], servicePoints: [], questions: [], terminals: [], assignments: [] };
const CONFIG_CODES = ['config-unreadable', 'config-invalid'] as const;
/** Faults that are told in words; more are counted. */
const MOST_NAMED = 10;

const REGISTRY = {
  groups: [
    {
      id: 'city',
      name: { fi: 'Kaupunki' },
      exceptions: [{ date: '2026-12-06', open: [], name: { en: 'Independence Day' } }],
    },
    { id: 'health', parent: 'city', name: { fi: 'Terveys', sv: 'Hälsa' } },
  ],
  servicePoints: [
    { id: 'kallio', group: 'health', name: { fi: 'Kallio' }, openingHours: { mon: ['08:00-12:00', '13:00-16:00'] } },
  ],
  questions: [{ id: 'visit', text: { fi: 'Millainen käynti oli?' } }],
  terminals: [{ id: 'kallio-1', name: 'Aula' }],
  assignments: [
    {
      terminal: 'kallio-1',
      servicePoint: 'kallio',
      question: 'visit',
      from: '2026-01-01T00:00:00+02:00',
      to: '2026-02-01T00:00:00+02:00',
    },
    { terminal: 'kallio-1', servicePoint: 'kallio', question: 'visit', from: '2026-02-01T00:00:00+02:00' },
  ],
};

const TERMINAL_YAML = `terminal: kallio-1
data: ./terminal-data
broker: { url: mqtt://127.0.0.1:1883, username: kallio-1, passwordFile: secret }
panel: { type: serial, port: auto }
clock: { source: auto }
`;
const GATEWAY_YAML = `data: ./gateway-data
timezone: Europe/Helsinki
mqtt: { listen: 127.0.0.1:1883 }
http: { listen: 127.0.0.1:8080, trustedProxies: [10.0.0.0/8, "::1"], publicUrl: https://hymio.example.org }
mail: { smtp: { host: mail }, from: hymio@example.org }
reports: { schedule: "0 7 * * 1" }
`;
/** What YAML can do besides values. */
const yamlTrick = fc.constantFrom(
  'a: &a [x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c]\ne: [*d, *d, *d, *d, *d, *d]\n',
  '<<: *nobody\n',
  '__proto__: { polluted: true }\n',
  '? { a: b }\n: c\n',
  'data: !!js/function "x"\n',
  'data: !!binary "/w=="\n',
  'data: 1\ndata: 2\n',
  '---\n---\n',
  '%YAML 9.9\n---\n',
  '\t- x\n',
  `${'['.repeat(3_000)}\n`,
  `${'- '.repeat(3_000)}x\n`,
);

export const configurations: readonly Fuzzed[] = [
  file(
    'the configuration of a terminal is one that its schema allows, and paths in it are whole, or refused with every fault',
    30,
    terminalConfigSchema,
    TERMINAL_YAML,
    (path) => expectJudged(path, terminalConfigSchema, () => readTerminalConfig(path)),
  ),
  file(
    'the configuration of a gateway is one that its schema allows, and paths in it are whole, or refused with every fault',
    30,
    gatewayConfigSchema,
    GATEWAY_YAML,
    (path) => expectJudged(path, gatewayConfigSchema, () => readGatewayConfig(path)),
  ),
  file(
    'options of the simulator are those that their schemas allow, and paths in them are whole, or refused with every fault',
    20,
    undefined,
    'terminals: 3\nseed: 1\ndata: ./x\nledger: ./y\n',
    (path) => {
      expectJudged(path, fleetOptionsSchema, () => readFleetOptions({}, path));
      expectJudged(path, verifyOptionsSchema, () => readVerifyOptions({}, path));
    },
  ),
  inFile('a ledger is read whole, or the line is named where it is not one', 60, ledgers(), (path) => {
    const read = codedOrValue(['ledger-malformed'], () => readLedger(path));
    expect({}).not.toHaveProperty('polluted');
    if (read.ok) for (const kept of read.value.kept) expect(ledgerLineSchema.parse(kept)).toEqual(kept);
  }),
  settings(),
  fuzzed(TOPIC, 'a registry file is merged, or every contradiction in it is named', 80, registry()),
];

/** What a file says is what its schema makes of it, or refused with what the schema finds wrong. */
function expectJudged(path: string, schema: z.ZodType, reading: () => unknown): void {
  const read = codedOrValue(CONFIG_CODES, reading);
  const said = codedOrValue(CONFIG_CODES, () => readYamlText(readFileSync(path, 'utf8'), path, parse));
  if (!said.ok) {
    expect(read).toMatchObject({ code: said.code });
    return;
  }
  const judged = schema.safeParse(said.value);
  expect(read.ok).toBe(judged.success);
  if (read.ok) expect(read.value).toEqual(withWholePaths(judged.data, dirname(path)));
  else if (isStructure(said.value)) {
    const faults = judged.error?.issues ?? [];
    const named = faults.slice(0, MOST_NAMED).map((fault) => `${fault.path.join('.') || '(whole)'}: ${fault.message}`);
    const rest = faults.length > MOST_NAMED ? [`and ${faults.length - MOST_NAMED} more`] : [];
    expect([...named, ...rest].filter((fault) => !read.message.includes(fault))).toEqual([]);
  }
}

/** The same, but every path in it is whole: of what is called `data`, `ledger` or `…File`. */
function withWholePaths(value: unknown, folder: string, name = ''): unknown {
  if (typeof value === 'string') return /^(data|ledger)$|File$/.test(name) ? resolve(folder, value) : value;
  if (Array.isArray(value)) return value.map((each) => withWholePaths(each, folder, name));
  if (!isStructure(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withWholePaths(each, folder, key)]));
}

function isStructure(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** A YAML file made of values, or of an example. */
function file(
  name: string,
  runs: number,
  schema: z.ZodType | undefined,
  example: string,
  read: (path: string) => void,
): Fuzzed {
  const values = schema === undefined ? [] : [{ weight: 2, arbitrary: changedJson(valuesOf(inputSchema(schema))) }];
  const text = fc.oneof(
    changedText(fc.constant(example)),
    fc.tuple(fc.constant(example), yamlTrick).map((each) => each.join('')),
    yamlTrick,
    oddText,
  );
  return inFile(name, runs, fc.oneof(...values, { weight: 2, arbitrary: text.map((each) => Buffer.from(each)) }), read);
}

function inFile(name: string, runs: number, bytes: fc.Arbitrary<Uint8Array>, read: (path: string) => void): Fuzzed {
  return {
    ...{ topic: TOPIC, name, runs },
    start: async () => {
      const folder = memoryFolder('hymio-fuzz-');
      const path = join(folder, 'file');
      const sayAgain = silenceWarnings();
      const property = fc.property(bytes, (content) => {
        writeFileSync(path, content);
        read(path);
        expect({}).not.toHaveProperty('polluted');
      });
      const stop = async () => {
        rmSync(folder, { recursive: true });
        // A warning is told a turn later.
        await new Promise((resolve) => setImmediate(resolve));
        sayAgain();
      };
      return { property, stop };
    },
  };
}

/** The reader of YAML warns of what it passes over: useful to who wrote it, and here once an input. */
function silenceWarnings(): () => void {
  const listeners = process.listeners('warning');
  process.removeAllListeners('warning');
  return () => {
    for (const listener of listeners) process.on('warning', listener);
  };
}

function ledgers(): fc.Arbitrary<Uint8Array> {
  const line = valuesOf(inputSchema(ledgerLineSchema));
  const lines = fc.array(
    fc.oneof(
      line.map((value) => Buffer.from(JSON.stringify(value))),
      changedJson(line),
    ),
    { maxLength: 4 },
  );
  return fc
    .tuple(lines, fc.constantFrom('\n', '\r\n', '', '\0'))
    .map(([each, end]) => Buffer.concat(each.flatMap((one) => [one, Buffer.from(end)])));
}

/** What a power cut left of the settings that were kept. */
function settings(): Fuzzed {
  const name = 'settings that a terminal kept are those of the wire format, or said to be damaged';
  return {
    ...{ topic: TOPIC, name, runs: 60 },
    start: async () => {
      const folder = memoryFolder('hymio-fuzz-');
      const shelf = new SettingsFile(folder);
      const property = fc.property(changedJson(valuesOf(inputSchema(configMessageSchema))), (content) => {
        writeFileSync(join(folder, 'settings.json'), content);
        const read = codedOrValue(['settings-damaged'], () => shelf.load());
        if (!read.ok || read.value === undefined) return;
        shelf.save(read.value);
        expect(shelf.load()).toEqual(read.value);
      });
      return { property, stop: async () => rmSync(folder, { recursive: true }) };
    },
  };
}

function registry() {
  const valid = fc.oneof(valuesOf(inputSchema(registryFileSchema)), fc.constant(REGISTRY));
  return fc.property(changedValue(valid), changedValue(fc.constant(REGISTRY)), (first, second) => {
    let current: Parameters<typeof mergeRegistry>[0] = EMPTY;
    for (const each of [first, second]) {
      const read = inTime(() => registryFileSchema.safeParse(each));
      if (!read.success) {
        expect(read.error.issues.length).toBeGreaterThan(0);
        continue;
      }
      const merged = inTime(() => mergeRegistry(current, read.data));
      for (const { code, text } of merged.faults) expect([code, text].every((word) => word.length > 0)).toBe(true);
      if (merged.faults.length > 0) continue;
      // The same file again changes nothing.
      expect(mergeRegistry(merged.registry, read.data)).toMatchObject({
        added: 0,
        changed: 0,
        registry: merged.registry,
      });
      current = merged.registry;
    }
    expect({}).not.toHaveProperty('polluted');
  });
}
