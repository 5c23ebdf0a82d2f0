import fc from 'fast-check';

/** Each is something that some part may take for something else than a text. */
export const ODD_TEXTS = [
  '',
  ' ',
  '\0',
  '\ufeff',
  '\ud800',
  '\udc00\ud800',
  '\u202e',
  'e\u0301',
  'İ',
  '🙂',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  '-0',
  '1e999',
  '9223372036854775808',
  '0x10',
  '٣',
  '../../etc/passwd',
  '%00',
  '%',
  '%zz',
  '%2e%2e%2f',
  "' OR '1'='1",
  '{{7*7}}',
  '\r\nx-injected: yes\r\n\r\n',
  '<script>',
  'a'.repeat(5_000),
  '0000-00-00',
  '+275760-09-13T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  '9999-12-31T23:59:59.999999999+23:59',
  '2026-02-30',
  '2026-W99',
] as const;

/** Odd texts, and texts of any characters, lone halves of surrogate pairs among them. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...ODD_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.array(fc.nat(0xffff), { maxLength: 10 }).map((units) => String.fromCharCode(...units)) },
);

/** Of a length. Doubles are drawn near 0 for the most part. */
export const share: fc.Arbitrary<number> = fc.nat(9_999).map((part) => part / 10_000);

const change = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), from: share, length: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('insert' as const), from: share, text: oddText }),
  fc.record({ kind: fc.constant('end' as const), text: fc.constantFrom('x', '!', ' ', '\n', '-', ',', '\0', '') }),
  fc.record({ kind: fc.constant('swap' as const), from: share, unit: fc.nat(0xff) }),
  // The same piece again and again, and then something that spoils it: what a pattern can read in many ways it tries in
  // all of them before it gives up.
  fc.record({
    kind: fc.constant('pump' as const),
    from: share,
    length: fc.integer({ min: 1, max: 6 }),
    times: fc.integer({ min: 20, max: 200 }),
    rest: fc.constantFrom(undefined, 'x', '!', '\0'),
  }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** A text that is understood, and what a bad cable, a bad hand or a bad mind makes of it; sometimes as it was. */
export function changedText(valid: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(valid, fc.array(change, { maxLength: 3 }))
    .map(([text, changes]) => changes.reduce(applyChange, text));
}

function applyChange(text: string, how: Change): string {
  const at = 'from' in how ? Math.floor(how.from * text.length) : text.length;
  switch (how.kind) {
    case 'cut':
      return text.slice(0, at) + text.slice(at + how.length);
    case 'insert':
      return text.slice(0, at) + how.text + text.slice(at);
    case 'end':
      return text + how.text;
    case 'swap':
      return text.slice(0, at) + String.fromCharCode(how.unit) + text.slice(at + 1);
    case 'pump':
      return (
        text.slice(0, at) +
        text.slice(at, at + how.length).repeat(how.times) +
        (how.rest ?? text.slice(at + how.length))
      );
  }
}
