import {
  cronTimes,
  exceptionLines,
  formatWeek,
  isSchedule,
  monthSpan,
  parseExceptionLines,
  parseInstant,
  parseLocalInput,
  parseTypedSpans,
  parseWeek,
  readTokenText,
  readTotpCode,
  spansText,
  tokenText,
  toLocalInput,
  weekSpan,
} from '@hymio/gateway';
import { codeText, readCodeText } from '@hymio/protocol';
import fc from 'fast-check';
import { expect } from 'vitest';
import { changedText } from '../arbitraries/odd-texts.js';
import { codedOrValue } from '../coded-or-value.js';
import { type Fuzzed, fuzzed } from '../fuzzed.js';
import { inTime } from '../in-time.js';

const TOPIC = 'texts';
const ZONES = ['Europe/Helsinki', 'UTC', 'America/Sao_Paulo', 'Australia/Lord_Howe'] as const;
const zone = fc.constantFrom(...ZONES);
const at = fc.date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2199-12-31') });
const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((each) => String(each).padStart(2, '0')).join(':'));
const spans = fc
  .array(fc.tuple(time, time), { minLength: 1, maxLength: 3 })
  .map((each) => each.map((pair) => pair.join('-')).join(', '));
const day = at.map((date) => date.toISOString().slice(0, 10));
const holiday = fc.oneof(
  fc.tuple(day, spans).map((parts) => parts.join(' ')),
  fc.tuple(day, spans).map(([date, hours]) => `${date} ${hours} Jouluaatto / Julafton / Christmas Eve`),
  day.map((date) => `${date} Itsenäisyyspäivä`),
);

/** A schedule whose next time is millions of candidates away keeps the gateway from starting as well as one that hangs. */
const field = (least: number, most: number) =>
  fc.oneof(
    fc.constant('*'),
    fc.integer({ min: least, max: most }).map(String),
    fc.integer({ min: 1, max: 60 }).map((each) => `*/${each}`),
  );
const schedule = fc
  .tuple(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 7))
  .map((fields) => fields.join(' '));

export const typedTexts: readonly Fuzzed[] = [
  fuzzed(
    TOPIC,
    'a week is one of the calendar, or refused',
    300,
    fc.property(changedText(fc.constantFrom('2026-W47', '2020-W53', '2199-W52')), zone, (text, where) => {
      const read = codedOrValue(['malformed-week', 'no-such-week'], () => parseWeek(text));
      if (!read.ok) return;
      expect(formatWeek(read.value)).toBe(text);
      const { from, to } = weekSpan(read.value, where);
      expect((to - from) / 3_600_000).toBeCloseTo(168, -1);
    }),
  ),
  fuzzed(
    TOPIC,
    'a month is one of the calendar, or refused',
    200,
    fc.property(changedText(fc.constantFrom('2026-10', '2000-01', '2199-12')), zone, (text, where) => {
      const read = codedOrValue(['malformed-month', 'no-such-month'], () => monthSpan(text, where));
      if (read.ok) expect(read.value).toMatchObject({ id: text });
    }),
  ),
  fuzzed(
    TOPIC,
    'an instant is a time that there is, or none',
    300,
    fc.property(changedText(at.map((date) => date.toISOString())), (text) => {
      const read = inTime(() => parseInstant(text));
      if (read === undefined) return;
      expect(Number.isInteger(read)).toBe(true);
      // What comes out of it is written into answers.
      expect(parseInstant(new Date(read).toISOString())).toBe(read);
    }),
  ),
  fuzzed(
    TOPIC,
    'a local time is the time that it is shown as again, or none',
    300,
    fc.property(changedText(at.map((date) => date.toISOString().slice(0, 16))), zone, (text, where) => {
      const read = inTime(() => parseLocalInput(text, where));
      if (read === undefined) return;
      expect(parseLocalInput(toLocalInput(read, where), where)).toBe(read);
    }),
  ),
  fuzzed(
    TOPIC,
    'opening times are read as they are written again, or not at all',
    300,
    fc.property(changedText(spans), (text) => {
      const read = inTime(() => parseTypedSpans(text));
      if (read !== undefined) expect(parseTypedSpans(spansText(read))).toEqual(read);
    }),
  ),
  fuzzed(
    TOPIC,
    'holidays are read line by line, as they are written again, and each wrong line is named',
    400,
    fc.property(fc.array(changedText(holiday), { maxLength: 3 }), (lines) => {
      const text = lines.join('\n');
      const { exceptions, wrong } = inTime(() => parseExceptionLines(text));
      const typed = text.split('\n').filter((line) => line.trim() !== '');
      expect(exceptions.length + wrong.length).toBe(typed.length);
      expect(parseExceptionLines(exceptionLines(exceptions))).toEqual({ exceptions, wrong: [] });
    }),
  ),
  fuzzed(
    TOPIC,
    'a schedule that is taken has a next time',
    100,
    fc.property(changedText(schedule), zone, (text, where) => {
      if (!inTime(() => isSchedule(text))) return;
      const now = Date.UTC(2026, 10, 20);
      expect(inTime(() => cronTimes(text, where)(now))).toBeGreaterThan(now);
    }),
  ),
  fuzzed(
    TOPIC,
    'an enrolment code has its two parts, or is none',
    300,
    fc.property(
      changedText(
        fc
          .stringMatching(/^[0-9A-HJKMNP-TV-Z]{32}$/)
          .map((letters) => codeText({ secret: letters.slice(0, 12), fingerprint: letters.slice(12) })),
      ),
      (text) => {
        const read = inTime(() => readCodeText(text));
        if (read !== undefined) expect(readCodeText(codeText(read))).toEqual(read);
      },
    ),
  ),
  fuzzed(
    TOPIC,
    'a token is the one that it is written as, or none',
    300,
    fc.property(
      changedText(
        fc.tuple(fc.nat(), fc.stringMatching(/^[A-Za-z0-9_-]{43}$/)).map(([id, secret]) => tokenText(id, secret)),
      ),
      (text) => {
        const read = inTime(() => readTokenText(text));
        if (read === undefined) return;
        expect(Number.isSafeInteger(read.id)).toBe(true);
        expect(readTokenText(tokenText(read.id, read.secret))).toEqual(read);
      },
    ),
  ),
  fuzzed(
    TOPIC,
    'a code of a second step is six digits, or none',
    200,
    fc.property(changedText(fc.stringMatching(/^[0-9]{6}$/)), (text) => {
      const read = inTime(() => readTotpCode(text));
      if (read !== undefined) expect(read).toMatch(/^[0-9]{6}$/);
    }),
  ),
];
