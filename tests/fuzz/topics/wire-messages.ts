import { readMessage } from '@hymio/gateway';
import {
  ackMessageSchema,
  answerMessageSchema,
  commandMessageSchema,
  configMessageSchema,
  decode,
  parseTopic,
  pressesMessageSchema,
  statusMessageSchema,
  TOPIC_KINDS,
  terminalTopic,
} from '@hymio/protocol';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect } from 'vitest';
import type * as z from 'zod';
import { changedJson } from '../arbitraries/changed-json.js';
import { changedText } from '../arbitraries/odd-texts.js';
import { inputSchema, valuesOf } from '../arbitraries/schema-values.js';
import { type Fuzzed, fuzzed } from '../fuzzed.js';
import { inTime } from '../in-time.js';

/** Every kind that is JSON. Availability is a word. */
export const WIRE_SCHEMAS = {
  presses: pressesMessageSchema,
  status: statusMessageSchema,
  answer: answerMessageSchema,
  ack: ackMessageSchema,
  config: configMessageSchema,
  command: commandMessageSchema,
} as const satisfies Record<string, z.ZodType>;

const RECEIVED_AT = Date.UTC(2026, 10, 20);
const TOPIC = 'wire';
const ajv = new Ajv2020({ strict: false, validateFormats: false });

/** Bytes on a topic, most of them close to a message of it. */
export function payloadsOf(schema: z.ZodType): fc.Arbitrary<Uint8Array> {
  return changedJson(valuesOf(inputSchema(schema)));
}

export const wireMessages: readonly Fuzzed[] = [
  ...Object.entries(WIRE_SCHEMAS).map(([kind, schema]) =>
    fuzzed(
      TOPIC,
      `a message of ${kind} is one that the schema allows, and read the same again, or refused with a reason`,
      150,
      messageOf(schema),
    ),
  ),
  fuzzed(TOPIC, 'the gateway takes or refuses whatever comes on the topics of terminals', 150, arrivals()),
  fuzzed(TOPIC, 'a topic is that of a terminal and says so again, or is none', 300, topics()),
];

/** The judge is another program: a validator of JSON Schema over the schema that is published. */
function messageOf(schema: z.ZodType) {
  const allows = ajv.compile(inputSchema(schema));
  return fc.property(payloadsOf(schema), (payload) => {
    const read = inTime(() => decode<unknown>(schema, payload));
    expect({}).not.toHaveProperty('polluted');
    if (!read.ok) {
      expect(read.reason.length).toBeGreaterThan(0);
      return;
    }
    expect(allows(JSON.parse(new TextDecoder().decode(payload)))).toBe(true);
    expect(decode<unknown>(schema, Buffer.from(JSON.stringify(read.message)))).toEqual(read);
  });
}

function arrivals() {
  const said = fc.oneof(
    fc.tuple(fc.constant('presses' as const), payloadsOf(pressesMessageSchema)),
    fc.tuple(fc.constant('status' as const), payloadsOf(statusMessageSchema)),
    fc.tuple(
      fc.constant('availability' as const),
      changedText(fc.constantFrom('online', 'offline')).map((text) => Buffer.from(text)),
    ),
  );
  return fc.property(said, fc.boolean(), ([topic, payload], retained) => {
    const read = inTime(() => readMessage('kallio-1', topic, payload, retained, RECEIVED_AT));
    if (read.kind === 'refused') expect(read.reason).not.toBe('');
    else expect(read).toMatchObject({ kind: topic, terminal: 'kallio-1', receivedAt: RECEIVED_AT });
  });
}

function topics() {
  const valid = fc.tuple(fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,62}$/), fc.constantFrom(...TOPIC_KINDS));
  return fc.property(changedText(valid.map(([id, kind]) => `hymio/v1/${id}/${kind}`)), (topic) => {
    const parsed = inTime(() => parseTopic(topic));
    if (parsed !== undefined) expect(terminalTopic(parsed.terminal, parsed.kind)).toBe(topic);
  });
}
