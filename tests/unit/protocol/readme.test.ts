import { readFile } from 'node:fs/promises';
import {
  ackMessageSchema,
  answerMessageSchema,
  availabilitySchema,
  COMMAND_REFUSALS,
  COMMANDS,
  commandMessageSchema,
  configMessageSchema,
  parseTopic,
  pressesMessageSchema,
  REFUSAL_CODES,
  SETTING_NAMES,
  statusMessageSchema,
  type TopicKind,
  validate,
} from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';

const readme = await readFile(new URL('../../../docs/protocol/README.md', import.meta.url), 'utf8');

const schemas: Record<TopicKind, z.ZodType> = {
  presses: pressesMessageSchema,
  ack: ackMessageSchema,
  availability: availabilitySchema,
  status: statusMessageSchema,
  config: configMessageSchema,
  command: commandMessageSchema,
  answer: answerMessageSchema,
};

function isKind(kind: string): kind is TopicKind {
  return kind in schemas;
}

/** Payloads of the blocks marked ```json <kind>. */
const blocks = [...readme.matchAll(/```json (\w+)\n([\s\S]*?)```/g)].map(([, kind = '', text = '']) => ({
  kind,
  text,
}));
/** Payloads of the mosquitto_pub commands. */
const commands = [...readme.matchAll(/mosquitto_pub .*-t '([^']+)' -m '([^']+)'/g)].map(
  ([, topic = '', text = '']) => ({
    kind: parseTopic(topic)?.kind ?? `no topic of ours: ${topic}`,
    text,
  }),
);

describe('the description of the wire format', () => {
  it('has an example for every topic', () => {
    const kinds = new Set([...blocks, ...commands].map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(Object.keys(schemas).sort());
  });

  it.each([...blocks, ...commands])('gives a $kind that the parts accept, field by field: $text', ({ kind, text }) => {
    if (!isKind(kind)) throw new Error(`the example is for no topic: ${kind}`);
    const payload: unknown = kind === 'availability' ? text : JSON.parse(text);
    expect(validate(schemas[kind], payload)).toEqual({ ok: true, message: payload });
  });

  it('explains every code of a refusal', () => {
    for (const code of REFUSAL_CODES) expect(readme).toContain(`| \`${code}\` |`);
  });

  it('names every setting, command, and code of an answer', () => {
    for (const name of [...SETTING_NAMES, ...COMMANDS, ...COMMAND_REFUSALS])
      expect(readme).toContain(`| \`${name}\` |`);
  });

  it('names every field of a status', () => {
    for (const field of Object.keys(statusMessageSchema.shape)) expect(readme).toContain(`\`${field}\``);
  });
});
