import {
  type AnswerMessage,
  answerMessageSchema,
  type CommandMessage,
  type StatusMessage,
  statusMessageSchema,
} from '@hymio/protocol';
import { connect, type MqttClient } from 'mqtt';
import * as z from 'zod';
import { freeTexts, hostileText, hostileTextsOf } from './hostile-text.js';

const EPOCH = '00000000-0000-4000-8000-0000000000aa';

/** A terminal that has been taken over: it writes markup wherever the wire format takes a text. */
export class HostileTerminal {
  readonly id: string;
  readonly #client: MqttClient;

  private constructor(id: string, client: MqttClient) {
    this.id = id;
    this.#client = client;
  }

  /** Connects; from then on it answers commands, the diagnostics with as much markup as anything else. */
  static async start(url: string, id: string): Promise<HostileTerminal> {
    const client = connect(url, { clientId: `hymio-${id}`, reconnectPeriod: 0, protocolVersion: 4 });
    await new Promise((resolve) => client.once('connect', resolve));
    const terminal = new HostileTerminal(id, client);
    client.on('message', (_topic, payload) => {
      const { id: command } = JSON.parse(payload.toString('utf8')) as CommandMessage;
      void terminal.#say('answer', hostileAnswer(command));
    });
    await client.subscribeAsync(`hymio/v1/${id}/command`, { qos: 1 });
    await terminal.#say('availability', 'online', true);
    await terminal.#say('status', hostileStatus(), true);
    return terminal;
  }

  async stop(): Promise<void> {
    await this.#client.endAsync(true);
  }

  async #say(kind: string, message: object | string, retain = false): Promise<void> {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    await this.#client.publishAsync(`hymio/v1/${this.id}/${kind}`, text, { qos: 1, retain });
  }
}

/** Fields that take a text and are not filled here: to whom they were added must add them here. */
export function forgottenTexts(): string[] {
  const filled = (schema: z.ZodType, message: unknown) => {
    const here = new Set(hostileTextsOf(message));
    return freeTexts(z.toJSONSchema(schema) as Parameters<typeof freeTexts>[0]).filter((path) => !here.has(path));
  };
  return [
    ...filled(statusMessageSchema, hostileStatus()),
    ...filled(answerMessageSchema, hostileAnswer('00000000-0000-4000-8000-000000000000')),
  ];
}

function hostileStatus(): StatusMessage {
  const now = Date.now();
  return {
    sentAt: now,
    firmware: hostileText('firmware'),
    epoch: EPOCH,
    epochs: [],
    pending: 0,
    clock: 'synced',
    uptimeMs: 60_000,
    // No code is longer than 64.
    faults: [{ code: hostileText(1), since: now - 3_600_000, detail: hostileText('detail') }],
    configVersion: hostileText('version'),
    knownSettings: [hostileText(2)],
    configRefused: { version: hostileText('refused'), reason: hostileText('reason') },
    hardware: { model: hostileText('model') },
  };
}

function hostileAnswer(id: string): AnswerMessage {
  const { firmware, configVersion = '', hardware, faults } = hostileStatus();
  return {
    id,
    at: Date.now(),
    outcome: 'refused',
    code: hostileText(3),
    detail: hostileText('answer'),
    diagnostics: {
      ...{ firmware, configVersion, hardware, faults },
      node: hostileText('node'),
      system: hostileText('system'),
      uptimeMs: 1,
      clock: 'synced',
      settings: {},
      pending: 0,
      held: 0,
      epochs: [],
      log: [hostileText('log'), `\u001b[2J${hostileText('log')}\r\nlast line`],
    },
  };
}
