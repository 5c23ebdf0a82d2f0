import fc from 'fast-check';
import { ODD_TEXTS, share } from './odd-texts.js';

const DEEP = 2_000;
const MANY = 600;

/** Made anew each time: nobody can spoil it for the next. */
const ODD_VALUES: readonly (() => unknown)[] = [
  ...[null, true, false, 0, -0, -1, 1.5, 5e-324, 1e308, -1e308].map((value) => () => value),
  ...[2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 - 1, -(2 ** 53), 8.64e15, 8.64e15 + 1, -8.64e15 - 1].map(
    (value) => () => value,
  ),
  ...ODD_TEXTS.map((text) => () => text),
  () => [],
  () => ({}),
  () => [[]],
  () => new Array(MANY).fill(0),
  () => nested(DEEP),
  () => Object.fromEntries(Array.from({ length: MANY }, (_, index) => [`k${index}`, index])),
];

const step = fc.record({
  kind: fc.constantFrom(
    'drop' as const,
    'odd' as const,
    'odd' as const,
    'wrap' as const,
    'double' as const,
    'add' as const,
  ),
  at: fc.nat(),
  odd: fc.nat(ODD_VALUES.length - 1),
  name: fc.constantFrom('__proto__', 'constructor', 'toString', 'extra', '', '\0', '\ud800'),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Valid values of a structure with some of their parts dropped, doubled, added, or replaced by something odd. */
export function changedValue(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(valid, fc.array(step, { maxLength: 3 }))
    .map(([value, steps]) => steps.reduce(applyStep, copyOf(value)));
}

type Place = { holder: Record<string, unknown> | unknown[]; key: string | number };

function applyStep(whole: unknown, { kind, at, odd, name }: Step): unknown {
  const root = { whole };
  const places = placesOf(root, []);
  const place = places[at % places.length];
  if (place === undefined) return whole;
  const { holder, key } = place;
  const slot = holder as Record<string | number, unknown>;
  const make = ODD_VALUES[odd] as () => unknown;
  if (kind === 'drop' && holder !== (root as object)) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete slot[key];
  } else if (kind === 'wrap') slot[key] = [slot[key]];
  else if (kind === 'double' && Array.isArray(slot[key])) slot[key] = [...slot[key], ...slot[key]];
  // As JSON.parse does it: a name of JavaScript's own is a name like others.
  else if (kind === 'add' && isRecord(slot[key])) {
    Object.defineProperty(slot[key], name, { value: make(), enumerable: true, configurable: true, writable: true });
  } else slot[key] = make();
  return root.whole;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function placesOf(holder: object, found: Place[]): Place[] {
  // A shallow walk is enough: what lies deep was put there as one odd value.
  const waiting: object[] = [holder];
  for (let one = waiting.shift(); one !== undefined && found.length < MANY; one = waiting.shift()) {
    for (const key of Object.keys(one)) {
      found.push({ holder: one as Record<string, unknown>, key: Array.isArray(one) ? Number(key) : key });
      const value = (one as Record<string, unknown>)[key];
      if (typeof value === 'object' && value !== null) waiting.push(value);
    }
  }
  return found;
}

const spoiling = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: 'none' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('cut' as const), at: share }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('replace' as const),
      what: fc.constantFrom<[string, string]>(
        ['{', '{"__proto__":{"polluted":true},'],
        ['{', '{"constructor":{"prototype":{"polluted":true}},'],
        // The same name a second time: the last one holds.
        ['"epoch":', '"epoch":1,"epoch":'],
        ['"', "'"],
        ['}', ',}'],
        [':', ':\u00a0'],
        ['0', '00'],
        ['1', 'NaN'],
        ['1', '1e400'],
        ['"', '"\u0001'],
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('around' as const),
      what: fc.constantFrom('\ufeff', '\0', ' ', '[', 'x'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('byte' as const), at: fc.nat(), byte: fc.nat(255) }) },
);

type Spoiling = typeof spoiling extends fc.Arbitrary<infer T> ? T : never;

/** JSON of a changed value as bytes, now and then spoilt as a text too. */
export function changedJson(valid: fc.Arbitrary<unknown>): fc.Arbitrary<Uint8Array> {
  return fc.tuple(changedValue(valid), spoiling).map(([value, how]) => spoil(JSON.stringify(value), how));
}

function spoil(text: string, how: Spoiling): Uint8Array {
  const bytes = Buffer.from(text);
  switch (how.kind) {
    case 'none':
      return bytes;
    case 'cut':
      return bytes.subarray(0, Math.floor(how.at * bytes.length));
    case 'replace':
      return Buffer.from(text.replace(how.what[0], how.what[1]));
    case 'around':
      return Buffer.from(how.what + text + how.what);
    case 'byte':
      if (bytes.length > 0) bytes[how.at % bytes.length] = how.byte;
      return bytes;
  }
}

/** So that what is done to one drawn value is not done to another that shares parts with it. */
function copyOf(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}
