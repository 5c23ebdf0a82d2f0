import { readFile } from 'node:fs/promises';
import { DiagnosticSeverity, Parser } from '@asyncapi/parser';
import {
  ackMessageSchema,
  alertEventSchema,
  answerMessageSchema,
  availabilitySchema,
  commandMessageSchema,
  configMessageSchema,
  eventTopic,
  isEventTopic,
  parseTopic,
  pressesEventSchema,
  pressesMessageSchema,
  statusMessageSchema,
  TOPIC_KINDS,
  terminalEventSchema,
  validate,
} from '@hymio/protocol';
import { asyncApiDocument } from '@hymio/protocol/asyncapi';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';

const committed = new URL('../../../docs/protocol/asyncapi.json', import.meta.url);

/** As much of the document as these tests look at. */
const documentSchema = z.object({
  components: z.object({
    messages: z.record(
      z.string(),
      z.object({ examples: z.array(z.object({ name: z.string(), payload: z.unknown() })) }),
    ),
    schemas: z.record(z.string(), z.record(z.string(), z.unknown())),
  }),
});

const EVENTS = ['pressesEvent', 'terminalEvent', 'alertEvent'];
const KINDS = [...TOPIC_KINDS, ...EVENTS];

const schemas: Record<string, z.ZodType> = {
  pressesEvent: pressesEventSchema,
  terminalEvent: terminalEventSchema,
  alertEvent: alertEventSchema,
  presses: pressesMessageSchema,
  ack: ackMessageSchema,
  availability: availabilitySchema,
  status: statusMessageSchema,
  config: configMessageSchema,
  command: commandMessageSchema,
  answer: answerMessageSchema,
};

async function errorsOf(document: unknown): Promise<string[]> {
  const diagnostics = await new Parser().validate(JSON.stringify(document));
  return diagnostics
    .filter(({ severity }) => severity === DiagnosticSeverity.Error)
    .map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('the AsyncAPI document', () => {
  it('is the committed docs/protocol/asyncapi.json (else run: npm run asyncapi)', async () => {
    expect(JSON.parse(await readFile(committed, 'utf8'))).toEqual(asyncApiDocument());
  });

  it('is valid AsyncAPI 3', async () => {
    expect(await errorsOf(asyncApiDocument())).toEqual([]);
  });

  it('would not be valid with an operation that neither sends nor receives', async () => {
    const text = JSON.stringify(asyncApiDocument()).replace('"action":"send"', '"action":"shout"');
    expect(await errorsOf(JSON.parse(text))).not.toEqual([]);
  });
});

describe('what a reader of the document finds', () => {
  const parser = new Parser();
  let api: NonNullable<Awaited<ReturnType<Parser['parse']>>['document']>;

  beforeAll(async () => {
    const { document } = await parser.parse(JSON.stringify(asyncApiDocument()));
    if (document === undefined) throw new Error('the document does not parse');
    api = document;
  });

  it('has the topics of a terminal, and those of events', () => {
    const addresses = api
      .allChannels()
      .all()
      .map((channel) => channel.address());
    expect(addresses.sort()).toEqual(
      [
        ...TOPIC_KINDS.map((kind) => `hymio/v1/{terminal}/${kind}`),
        'hymio/v1/events/presses/{place}',
        'hymio/v1/events/terminals/{place}/{terminal}',
        'hymio/v1/events/alerts/{place}',
      ].sort(),
    );
    const place = { groups: ['health', 'clinics'], servicePoint: 'kallio' };
    expect(eventTopic('terminals', place, 'kallio-1')).toBe('hymio/v1/events/terminals/health/clinics/kallio/kallio-1');
    expect(eventTopic('presses', undefined)).toBe('hymio/v1/events/presses/-');
    // Nobody takes an event for a message of a terminal, and no terminal can be called so.
    expect(['hymio/v1/events/presses', eventTopic('alerts', undefined)].map(parseTopic)).toEqual([
      undefined,
      undefined,
    ]);
    expect(isEventTopic('hymio/v1/events-1/presses')).toBe(false);
  });

  it.each([
    ['pressesEvent', false],
    ['terminalEvent', true],
    ['alertEvent', false],
  ])('%s: told by the gateway with QoS 0, retained %s, and heard by readers', (kind, retained) => {
    const operations = api
      .allOperations()
      .all()
      .filter((operation) => operation.channels().all()[0]?.id() === kind)
      .map((operation) => [
        operation.action(),
        operation.tags().all()[0]?.name(),
        operation.bindings().get('mqtt')?.value(),
      ]);
    expect(operations).toEqual([
      ['send', 'gateway', expect.objectContaining({ qos: 0, retain: retained })],
      ['receive', 'reader', expect.objectContaining({ qos: 0 })],
    ]);
  });

  it.each([
    ['presses', 'terminal', false],
    ['ack', 'gateway', false],
    ['availability', 'terminal', true],
    ['status', 'terminal', true],
    ['config', 'gateway', true],
    ['command', 'gateway', false],
    ['answer', 'terminal', false],
  ])('%s: sent by the %s with QoS 1, retained %s, and received by the other side', (kind, sender, retained) => {
    const of = (action: string) =>
      api
        .allOperations()
        .all()
        .filter((operation) => operation.action() === action && operation.channels().all()[0]?.id() === kind);
    const [send, ...moreSenders] = of('send');
    const [receive, ...moreReceivers] = of('receive');
    expect([moreSenders, moreReceivers]).toEqual([[], []]);
    expect(
      send
        ?.tags()
        .all()
        .map((tag) => tag.name()),
    ).toEqual([sender]);
    expect(
      receive
        ?.tags()
        .all()
        .map((tag) => tag.name()),
    ).toEqual([sender === 'terminal' ? 'gateway' : 'terminal']);
    expect(send?.bindings().get('mqtt')?.value()).toMatchObject({ qos: 1, retain: retained });
    expect(receive?.bindings().get('mqtt')?.value()).toMatchObject({ qos: 1 });
  });
});

describe('the examples', () => {
  const { messages, schemas: jsonSchemas } = documentSchema.parse(asyncApiDocument()).components;
  const examples = KINDS.flatMap((kind) =>
    (messages[kind]?.examples ?? []).map(({ name, payload }) => ({ kind, name, payload })),
  );

  it('are given for every topic', () => {
    expect(new Set(examples.map(({ kind }) => kind))).toEqual(new Set(KINDS));
  });

  it.each(examples)('$kind $name is what the parts accept, with nothing that they would drop', ({ kind, payload }) => {
    expect(validate(schemas[kind] ?? z.never(), payload)).toEqual({ ok: true, message: payload });
  });

  it.each(examples)('$kind $name is what the JSON Schema of the document accepts', ({ kind, payload }) => {
    expect(z.fromJSONSchema(jsonSchemas[kind] ?? {}).safeParse(payload).success).toBe(true);
    expect(z.fromJSONSchema(jsonSchemas[kind] ?? {}).safeParse({ other: true }).success).toBe(false);
  });
});
