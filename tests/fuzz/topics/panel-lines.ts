import {
  hostLine,
  isChronySynced,
  lineText,
  NO_FRAME,
  NO_LINE,
  readChips,
  readFrames,
  readMonitorLine,
  readPanelMessage,
  readTextLines,
  versionFault,
} from '@hymio/device';
import fc from 'fast-check';
import { expect } from 'vitest';
import { changedText } from '../arbitraries/odd-texts.js';
import { type Fuzzed, fuzzed } from '../fuzzed.js';
import { inTime } from '../in-time.js';

const TOPIC = 'panel';
const count = fc.nat(4_000_000_000);
const boot = fc.stringMatching(/^[A-Za-z0-9-]{1,40}$/);
const state = fc.tuple(fc.nat(15), count, count).map((each) => each.join(' '));
const body = fc.oneof(
  fc.tuple(boot, state).map(([name, rest]) => `hello 1 ${name} hymio-panel/1.0 4 ${rest}`),
  fc.tuple(boot, count, state).map(([name, nonce, rest]) => `pong ${name} ${nonce} ${rest}`),
  fc
    .tuple(boot, count, fc.nat(3), count, fc.boolean())
    .map(([name, number, button, age, least]) => `press ${name} ${number + 1} ${button} ${age}${least ? '+' : ''}`),
  fc.tuple(fc.nat(3), fc.nat(1), count).map(([button, down, age]) => `edge ${button} ${down} ${age}`),
);
const edge = fc
  .tuple(fc.nat(60), fc.constantFrom(1, 2), count, fc.nat(999_999_999))
  .map(
    ([offset, kind, seconds, nanos]) => `${offset} ${kind} ${seconds}.${String(nanos).padStart(9, '0')} GPIO${offset}`,
  );

const tracking =
  'C1A2B3C4,ntp.example.org,3,1795000000.123,0.000001,0.000002,0.000003,-1.2,0.001,0.02,0.003,0.0004,64.2,';

export const panelLines: readonly Fuzzed[] = [
  fuzzed(
    TOPIC,
    'a line of a serial panel is a message of whole numbers in their bounds, or none',
    400,
    fc.property(changedText(body), (line) => {
      const message = inTime(() => readPanelMessage(line));
      for (const value of Object.values(message ?? {})) {
        if (typeof value === 'number') expect(Number.isSafeInteger(value) && value >= 0).toBe(true);
      }
      if (message?.type === 'press') {
        const { panelBoot, number, button, ageMs, ageIsMinimum } = message;
        expect(`press ${panelBoot} ${number} ${button} ${ageMs}${ageIsMinimum ? '+' : ''}`).toBe(line);
        // What the terminal answers is a line that a panel can read.
        expect(readFrames(NO_FRAME, Buffer.from(hostLine.settle(panelBoot, number))).bodies).toHaveLength(1);
      }
    }),
  ),
  fuzzed(
    TOPIC,
    'bytes without an end of line are not kept',
    100,
    fc.property(fc.array(fc.uint8Array({ maxLength: 2_000 }), { maxLength: 20 }), (pieces) => {
      let reading = readFrames(NO_FRAME, Buffer.alloc(0));
      for (const piece of pieces) {
        reading = readFrames(
          reading.state,
          piece.filter((byte) => byte !== 10),
        );
        expect(reading.state.pending.length).toBeLessThan(200);
      }
    }),
  ),
  fuzzed(
    TOPIC,
    'a line of gpiomon is an edge at a time that there is, or none',
    300,
    fc.property(changedText(edge), (line) => {
      const read = inTime(() => readMonitorLine(line));
      if (read === undefined || read === 'banner') return;
      expect(Number.isSafeInteger(read.offset)).toBe(true);
      expect(Number.isSafeInteger(Math.round(read.monotonicMs))).toBe(true);
      expect(read.name).not.toBe('');
    }),
  ),
  fuzzed(
    TOPIC,
    'what the tools say of chips and versions is understood, or not',
    200,
    fc.property(
      changedText(
        fc.constantFrom(
          'gpiochip0 [pinctrl-bcm2711] (58 lines)\ngpiochip1 [raspberrypi-exp-gpio] (8 lines)\n',
          'gpiomon (libgpiod) v2.2.1\nCopyright\n',
        ),
      ),
      (output) => {
        for (const { name, lines } of inTime(() => readChips(output))) {
          expect(name).not.toBe('');
          expect(Number.isSafeInteger(lines)).toBe(true);
        }
        const fault = inTime(() => versionFault(output));
        if (fault !== undefined) expect(fault.code).toBe('panel-tool-missing');
      },
    ),
  ),
  fuzzed(
    TOPIC,
    'lines are the same in whatever pieces they come, and one without an end is not kept',
    150,
    fc.property(
      fc.array(
        fc.oneof(
          fc.string({ maxLength: 60 }),
          fc.constant('\n'),
          fc.nat(5_000).map((n) => 'x'.repeat(n)),
        ),
      ),
      (pieces) => {
        let state = NO_LINE;
        const lines: string[] = [];
        for (const piece of pieces) {
          const read = readTextLines(state, piece);
          state = read.state;
          lines.push(...read.lines);
          expect(state.begun.length).toBeLessThanOrEqual(1_000);
        }
        const whole = readTextLines(NO_LINE, pieces.join(''));
        expect({ lines, last: lineText(state) }).toEqual({ lines: whole.lines, last: lineText(whole.state) });
      },
    ),
  ),
  fuzzed(
    TOPIC,
    'chronyc is believed where it says in so many words that the clock is kept right',
    200,
    fc.property(
      changedText(fc.constantFrom('Normal', 'Insert second', 'Not synchronised').map((leap) => `${tracking}${leap}\n`)),
      (output) => {
        const synced = inTime(() => isChronySynced(output));
        if (synced) expect(output.trim()).toMatch(/^([^,]*,){13}(Normal|Insert second|Delete second)$/);
      },
    ),
  ),
];
