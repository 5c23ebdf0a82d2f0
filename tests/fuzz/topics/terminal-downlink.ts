import {
  emptyDisk,
  MemoryJournal,
  type Publication,
  SILENT_LOG,
  Terminal,
  type TransportListener,
  VirtualPanel,
} from '@hymio/device';
import {
  type AckMessage,
  ackMessageSchema,
  answerMessageSchema,
  type ConfigMessage,
  commandMessageSchema,
  configMessageSchema,
  type PressesMessage,
  pressesMessageSchema,
  statusMessageSchema,
} from '@hymio/protocol';
import fc from 'fast-check';
import { expect } from 'vitest';
import { FakeClock } from '../../unit/device/fake-clock.js';
import { changedJson } from '../arbitraries/changed-json.js';
import { inputSchema, valuesOf } from '../arbitraries/schema-values.js';
import { type Fuzzed, fuzzed } from '../fuzzed.js';
import { payloadsOf } from './wire-messages.js';

const EPOCH = '0f8fad5b-d9cb-469f-a165-70867728950e';
const MINUTE_MS = 60_000;

/** Acks that mean the presses that are there: others would be passed over. */
const ownAck = changedJson(
  valuesOf(inputSchema(ackMessageSchema)).map((ack) => ({ ...(ack as AckMessage), epoch: EPOCH })),
);
const message = fc.oneof(
  fc.tuple(fc.constant('ack' as const), fc.oneof(ownAck, payloadsOf(ackMessageSchema))),
  fc.tuple(fc.constant('config' as const), payloadsOf(configMessageSchema)),
  fc.tuple(fc.constant('command' as const), payloadsOf(commandMessageSchema)),
);
const event = fc.oneof(
  { weight: 3, arbitrary: message },
  { weight: 1, arbitrary: fc.constant('press' as const) },
  { weight: 1, arbitrary: fc.constant('minute' as const) },
);

export const terminalDownlink: readonly Fuzzed[] = [
  fuzzed(
    'downlink',
    'whatever a gateway says, a terminal keeps every press, speaks as the wire format has it, and does what it is told well next',
    40,
    fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (events) => {
      const rig = new DownlinkRig();
      for (const one of events) {
        if (one === 'press') rig.press();
        else if (one === 'minute') rig.clock.advance(MINUTE_MS);
        else rig.hear(one[0], one[1]);
      }
      rig.expectDoesAsTold();
      await rig.terminal.stop();
    }),
  ),
];

/** The real firmware without hardware and network; what it says is held against the wire format as it says it. */
class DownlinkRig {
  readonly clock = new FakeClock();
  readonly terminal: Terminal;
  readonly #panel = new VirtualPanel();
  readonly #disk = emptyDisk();
  #listener: TransportListener | undefined;
  #honest = false;
  #pressed = 0;
  #settings: ConfigMessage | undefined;

  constructor() {
    this.terminal = new Terminal({
      clock: this.clock,
      random: () => 0.5,
      panel: this.#panel,
      transport: {
        start: (listener) => {
          this.#listener = listener;
        },
        publish: (publication) => this.#onPublication(publication),
        stop: async () => undefined,
      },
      settings: {
        load: () => undefined,
        save: (settings) => {
          this.#settings = settings;
        },
      },
      log: SILENT_LOG,
      hardware: () => ({}),
      openJournal: () => new MemoryJournal(this.#disk, { epoch: EPOCH, bootId: 'boot', bootMs: 0 }),
      firmware: 'test',
      builtAt: Date.UTC(2020, 0, 1),
    });
    this.terminal.start();
    this.#listener?.connected();
    this.press();
    this.press();
  }

  press(): void {
    expect(this.#panel.press(2)).toMatchObject({ kept: true, seq: this.#pressed + 1 });
    this.#pressed += 1;
    this.clock.advance(1_000);
  }

  hear(kind: 'ack' | 'config' | 'command', payload: Uint8Array): void {
    this.#listener?.message(kind, payload);
    this.clock.advance(10);
  }

  /** With a gateway that means well from here on nothing is left of what was said before. */
  expectDoesAsTold(): void {
    this.#honest = true;
    this.#listener?.disconnected();
    this.#listener?.connected();
    this.press();
    this.hear('config', Buffer.from(JSON.stringify({ version: 'good', lockoutMs: 40 })));
    this.clock.advance(20 * MINUTE_MS);
    expect(this.#settings).toEqual({ version: 'good', lockoutMs: 40 });
    const { pending, configVersion, configRefused } = this.terminal.status() ?? {};
    expect({ pending, configVersion, configRefused }).toEqual({
      pending: 0,
      configVersion: 'good',
      configRefused: undefined,
    });
  }

  #onPublication({ kind, payload }: Publication): void {
    const said: unknown = JSON.parse(payload);
    if (kind === 'status') statusMessageSchema.parse(said);
    else if (kind === 'answer') answerMessageSchema.parse(said);
    else {
      const batch = pressesMessageSchema.parse(said);
      if (this.#honest) this.#acknowledge(batch);
    }
  }

  #acknowledge({ epoch, firstSeq, presses }: PressesMessage): void {
    const ack = JSON.stringify({ epoch, upTo: firstSeq + presses.length - 1 });
    this.clock.after(0, () => this.#listener?.message('ack', Buffer.from(ack)));
  }
}
