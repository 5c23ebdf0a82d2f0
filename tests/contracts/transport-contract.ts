import { MqttTransport, SILENT_LOG, type TransportListener } from '@hymio/device';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HastyClock } from '../support/hasty-clock.js';
import { until } from '../support/until.js';

export interface Broker {
  readonly url: string;
  start(): Promise<unknown>;
  stop(): Promise<unknown>;
  /** Removes what it left behind, for good. */
  clear?(): Promise<unknown>;
}

const TERMINAL = 'kallio-1';
const topic = (kind: string): string => `hymio/v1/${TERMINAL}/${kind}`;
/** A firmware minute passes in a second. */
const HASTE = 60;

/** What a transport told its firmware, in order: `connected`, `ack {…}`, `fault CODE`, `no-fault CODE` … */
export class Diary implements TransportListener {
  readonly entries: string[] = [];

  connected(): void {
    this.entries.push('connected');
  }
  disconnected(): void {
    this.entries.push('disconnected');
  }
  message(kind: 'ack' | 'config' | 'command', payload: Uint8Array): void {
    this.entries.push(`${kind} ${new TextDecoder().decode(payload)}`);
  }
  fault(code: string, detail: string | undefined): void {
    this.entries.push(`${detail === undefined ? 'no-fault' : 'fault'} ${code}`);
  }

  async has(entry: string, times = 1): Promise<void> {
    const count = async (): Promise<string[]> => this.entries;
    await until(`${entry} ×${times}`, count, (seen) => seen.filter((each) => each === entry).length >= times, 8_000);
  }
}

export function mqttTransport(url: string, random: () => number = () => 0, haste: number = HASTE): MqttTransport {
  return new MqttTransport({ terminal: TERMINAL, url, clock: new HastyClock(haste), random, log: SILENT_LOG });
}

/** What a terminal's transport must do over any broker. */
export function transportContract(name: string, makeBroker: () => Promise<Broker>): void {
  describe(name, () => {
    let broker: Broker;
    let observer: MqttClient;
    let seen: string[];
    let transport: MqttTransport;
    let diary: Diary;

    const saw = (line: string): Promise<unknown> =>
      until(
        line,
        async () => seen,
        (lines) => lines.includes(line),
        8_000,
      );
    const observe = async (): Promise<void> => {
      observer = await connectAsync(broker.url, { reconnectPeriod: 0 });
      observer.on('message', (from, payload, { retain }) => {
        seen.push(`${from.split('/').at(-1)}${retain ? ' (kept)' : ''} ${payload}`);
      });
      await observer.subscribeAsync([topic('availability'), topic('status'), topic('presses')], { qos: 1 });
    };

    beforeEach(async () => {
      broker = await makeBroker();
      await broker.start();
      seen = [];
      diary = new Diary();
      await observe();
      transport = mqttTransport(broker.url);
    });
    afterEach(async () => {
      await transport.stop();
      await observer.endAsync(true);
      await broker.stop();
      await broker.clear?.();
    });

    it('says online once it listens, and offline when it stops', async () => {
      transport.start(diary);
      await diary.has('connected');
      await saw('availability online');
      await transport.stop();
      await saw('availability offline');
      expect(diary.entries.filter((entry) => /connected/.test(entry))).toEqual(['connected']);
    });

    it('says offline once where it stops in good order: the broker does not say it again for it', async () => {
      const unhurried = mqttTransport(broker.url, () => 0, 1);
      unhurried.start(diary);
      await diary.has('connected');
      await unhurried.stop();
      // A broker sends the will of a connection before it takes the next one with the same id.
      const next = mqttTransport(broker.url, () => 0, 1);
      const nextDiary = new Diary();
      next.start(nextDiary);
      await nextDiary.has('connected');
      next.publish({ kind: 'presses', payload: 'the next one' });
      await saw('presses the next one');
      const until = seen.indexOf('presses the next one');
      await next.stop();
      expect(seen.slice(0, until)).toEqual(['availability online', 'availability offline', 'availability online']);
    });

    it('keeps online and status at the broker, presses not', async () => {
      transport.start(diary);
      await diary.has('connected');
      transport.publish({ kind: 'status', payload: '{"a":1}' });
      transport.publish({ kind: 'presses', payload: '{"b":2}' });
      await saw('presses {"b":2}');
      seen.length = 0;
      const other = observer;
      await observe();
      await other.endAsync(true);
      await saw('status (kept) {"a":1}');
      await saw('availability (kept) online');
      expect(seen.filter((line) => line.startsWith('presses'))).toEqual([]);
    });

    it('hands over acks, commands and the config, but no ack or command that the broker kept', async () => {
      await observer.publishAsync(topic('command'), '{"old":2}', { qos: 1, retain: true });
      await observer.publishAsync(topic('ack'), '{"old":1}', { qos: 1, retain: true });
      await observer.publishAsync(topic('config'), '{"version":"1"}', { qos: 1, retain: true });
      transport.start(diary);
      await diary.has('connected');
      await diary.has('config {"version":"1"}');
      await observer.publishAsync(topic('ack'), '{"new":1}', { qos: 1 });
      await diary.has('ack {"new":1}');
      await observer.publishAsync(topic('command'), '{"new":2}', { qos: 1 });
      await diary.has('command {"new":2}');
      expect(diary.entries).not.toContain('ack {"old":1}');
      expect(diary.entries).not.toContain('command {"old":2}');
      await observer.publishAsync(topic('command'), '', { qos: 1, retain: true });
      await observer.publishAsync(topic('ack'), '', { qos: 1, retain: true });
    });

    it('drops what is published while there is no connection', async () => {
      transport.publish({ kind: 'presses', payload: 'too early' });
      transport.start(diary);
      await diary.has('connected');
      transport.publish({ kind: 'presses', payload: 'in time' });
      await saw('presses in time');
      expect(seen).not.toContain('presses too early');
    });

    it('lets the broker say offline where it vanishes, and comes back when the broker does', async () => {
      transport.start(diary);
      await diary.has('connected');
      await broker.stop();
      await diary.has('disconnected');
      await diary.has('fault broker-unreachable');
      await broker.start();
      await diary.has('connected', 2);
      expect(diary.entries.at(-1)).toBe('connected');
      expect(diary.entries.lastIndexOf('no-fault broker-unreachable')).toBeGreaterThan(
        diary.entries.lastIndexOf('fault broker-unreachable'),
      );
    });

    it('says that another terminal uses its id, and takes it back once that one is gone', async () => {
      const rival = mqttTransport(broker.url);
      const rivalDiary = new Diary();
      transport.start(diary);
      await diary.has('connected');
      rival.start(rivalDiary);
      await diary.has('fault duplicate-terminal-id');
      await rivalDiary.has('fault duplicate-terminal-id');
      await rival.stop();
      await diary.has('no-fault duplicate-terminal-id');
    });

    it('stops at any moment, and is silent afterwards', async () => {
      transport.start(diary);
      await transport.stop();
      const entries = [...diary.entries];
      const again = mqttTransport(broker.url);
      const second = new Diary();
      again.start(second);
      await second.has('connected');
      await again.stop();
      expect(diary.entries).toEqual(entries);
    });
  });
}
