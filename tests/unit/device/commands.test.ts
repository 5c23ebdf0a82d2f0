import { CommandDesk, type CommandParts, judgeCommand, maskSecrets, RecentLog, SILENT_LOG } from '@hymio/device';
import { type AnswerMessage, answerMessageSchema, type Diagnostics } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.js';

const ID = '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b';
const OTHER = '6fa459ea-ee8a-4ca4-894e-db77e160355e';
const NOW = 1_795_176_900_000;
const FACTS = { seen: [], now: NOW, startedAt: NOW - 60_000, synced: true };

function payload(fields: Record<string, unknown> = {}): Uint8Array {
  const command = { id: ID, command: 'identify', issuedAt: NOW - 1_000, expiresAt: NOW + 9_000, ...fields };
  return Buffer.from(JSON.stringify(command));
}

describe('a command', () => {
  it.each([
    ['new and in time', {}, {}, 'carry-out'],
    ['not to be understood', { id: 'seven' }, {}, 'malformed'],
    ['that came already', {}, { seen: [OTHER, ID] }, 'duplicate'],
    ['just expired', { expiresAt: NOW }, {}, 'expired'],
    ['expired by a clock that is not set', { expiresAt: NOW }, { synced: false }, 'carry-out'],
    ['to restart from before the start', { command: 'restart', issuedAt: NOW - 60_001 }, {}, 'from-before-start'],
    ['to restart from after it', { command: 'restart', issuedAt: NOW - 60_000 }, {}, 'carry-out'],
  ])('%s: %s', (_, fields, facts, expected) => {
    const judged = judgeCommand(payload(fields), { ...FACTS, ...facts });
    expect(judged.kind === 'ignore' ? judged.why : judged.kind).toBe(expected);
  });
});

const DIAGNOSTICS: Diagnostics = {
  firmware: '1',
  node: 'v22',
  system: 'Linux',
  uptimeMs: 1,
  clock: 'synced',
  settings: {},
  hardware: {},
  pending: 0,
  held: 0,
  epochs: [],
  faults: [],
  log: [],
};

function desk(parts: Partial<CommandParts> = {}) {
  const clock = new FakeClock({ offsetMs: NOW });
  const answers: AnswerMessage[] = [];
  const made = new CommandDesk({
    clock,
    log: SILENT_LOG,
    panel: {},
    transport: { publish: ({ payload }) => void answers.push(answerMessageSchema.parse(JSON.parse(payload))) },
    diagnostics: () => DIAGNOSTICS,
    ...parts,
  });
  const receive = (command: string, id = ID): AnswerMessage | undefined => {
    const now = clock.now();
    made.receive(payload({ id, command, issuedAt: now, expiresAt: now + 1_000 }));
    return answers.at(-1);
  };
  return { receive, answers };
}

describe('an answer', () => {
  it('says that the light blinks, or why not', () => {
    expect(desk({ panel: { identify: () => undefined } }).receive('identify')).toMatchObject({ outcome: 'done' });
    expect(desk().receive('identify')).toMatchObject({ id: ID, outcome: 'refused', code: 'no-light' });
    const broken = desk({ panel: { identify: () => 'no-panel' } });
    expect(broken.receive('identify')).toMatchObject({ outcome: 'refused', code: 'no-panel' });
  });

  it('goes before the end that it speaks of, and there is no end where nobody would start it again', () => {
    const order: string[] = [];
    const supervised = desk({
      transport: { publish: () => void order.push('answer') },
      restart: () => void order.push('end'),
    });
    supervised.receive('restart');
    expect(order).toEqual(['answer', 'end']);
    expect(desk().receive('restart')).toMatchObject({ outcome: 'refused', code: 'not-supervised' });
  });

  it('holds the diagnostics, or what kept them from being made', () => {
    expect(desk().receive('send-diagnostics')).toMatchObject({ outcome: 'done', diagnostics: DIAGNOSTICS });
    const failing = desk({
      diagnostics: () => {
        throw new Error('no disk');
      },
    });
    expect(failing.receive('send-diagnostics')).toMatchObject({
      outcome: 'refused',
      code: 'failed',
      detail: 'no disk',
    });
  });

  it('is given once for a command that comes twice, and to one that is not known', () => {
    const { receive, answers } = desk();
    receive('dance');
    receive('dance');
    expect(answers).toMatchObject([{ outcome: 'refused', code: 'unknown-command' }]);
    receive('dance', OTHER);
    expect(answers).toHaveLength(2);
  });
});

describe('what is told from afar', () => {
  it.each([
    ['mqtt://kallio:s3cret@broker:1883 refused', 'mqtt://…@broker:1883 refused'],
    ['{"password":"s3cret","url":"mqtt://broker"}', '{"password":"…","url":"mqtt://broker"}'],
    ['passwordFile=/etc/hymio/broker', 'passwordFile="…"'],
    ['nothing of that kind', 'nothing of that kind'],
  ])('has no secrets: %s', (text, masked) => expect(maskSecrets(text)).toBe(masked));

  it('are the newest lines of the log', () => {
    const log = new RecentLog(SILENT_LOG, () => NOW);
    for (let line = 1; line <= 130; line += 1) log.warn(`event ${line}`, { line });
    expect(log.lines()).toHaveLength(100);
    expect(log.lines().at(-1)).toBe('2026-11-20T12:15:00.000Z warn event 130 {"line":130}');
  });
});
