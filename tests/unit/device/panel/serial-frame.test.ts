import { NO_FRAME, readFrames, writeFrame } from '@hymio/device';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitwiseCrc } from '../../../support/emulated-serial-panel.js';

/** What comes of a stream that arrives in these pieces. */
function read(...pieces: Uint8Array[]): { bodies: string[]; rejected: number } {
  let state = NO_FRAME;
  const bodies: string[] = [];
  let rejected = 0;
  for (const piece of pieces) {
    const reading = readFrames(state, piece);
    state = reading.state;
    bodies.push(...reading.bodies);
    rejected += reading.rejected;
  }
  return { bodies, rejected };
}

const bytes = (text: string) => Buffer.from(text, 'latin1');

const body = fc
  .stringMatching(/^[a-z]{1,8}( [A-Za-z0-9+-]{1,12}){0,5}$/)
  .filter((text) => text.length > 0 && text.length < 100);

/** One thing that a bad cable does to bytes. */
const damage = fc.oneof(
  fc.record({ kind: fc.constant('drop' as const), at: fc.nat(), count: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ kind: fc.constant('double' as const), at: fc.nat(), count: fc.integer({ min: 1, max: 9 }) }),
  fc.record({
    kind: fc.constant('noise' as const),
    at: fc.nat(),
    noise: fc.uint8Array({ minLength: 1, maxLength: 20 }),
  }),
  fc.record({ kind: fc.constant('flip' as const), at: fc.nat(), mask: fc.integer({ min: 1, max: 255 }) }),
);
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function harm(stream: Buffer, { at, ...damaged }: Damage): Buffer {
  const place = stream.length === 0 ? 0 : at % stream.length;
  const [before, after] = [stream.subarray(0, place), stream.subarray(place)];
  switch (damaged.kind) {
    case 'drop':
      return Buffer.concat([before, after.subarray(damaged.count)]);
    case 'double':
      return Buffer.concat([before, after.subarray(0, damaged.count), after]);
    case 'noise':
      return Buffer.concat([before, damaged.noise, after]);
    case 'flip': {
      const flipped = Buffer.from(stream);
      if (flipped.length > 0) flipped[place] = (flipped[place] ?? 0) ^ damaged.mask;
      return flipped;
    }
  }
}

describe('a line on the serial cable', () => {
  it('carries the checksum of the document', () => {
    expect(bitwiseCrc('123456789')).toBe('CBF43926');
    expect(writeFrame('123456789')).toBe('$123456789*CBF43926\n');
    expect(writeFrame('hello 1')).toBe(`$hello 1*${bitwiseCrc('hello 1')}\n`);
  });

  it('is read from whatever pieces it comes in', () => {
    fc.assert(
      fc.property(fc.array(body, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 12 }), (bodies, cuts) => {
        const stream = bytes(bodies.map(writeFrame).join(''));
        const places = [0, ...cuts.map((cut) => cut % (stream.length + 1)).sort((a, b) => a - b), stream.length];
        const pieces = places.slice(1).map((to, index) => stream.subarray(places[index], to));
        expect(read(...pieces)).toEqual({ bodies, rejected: 0 });
      }),
    );
  });

  it('is never taken for another one, whatever happens to its bytes', () => {
    fc.assert(
      fc.property(
        fc.array(body, { minLength: 1, maxLength: 6 }),
        fc.array(damage, { maxLength: 6 }),
        (bodies, damages) => {
          const stream = damages.reduce(harm, bytes(bodies.map(writeFrame).join('')));
          for (const taken of read(stream).bodies) expect(bodies).toContain(taken);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('is read again at the next newline after any noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), body, (noise, next) => {
        const { bodies } = read(noise, bytes('\n'), bytes(writeFrame(next)));
        expect(bodies.at(-1)).toBe(next);
      }),
    );
  });

  it('is read even right behind a line that the pulled cable cut off', () => {
    fc.assert(
      fc.property(body, body, fc.nat(), (cut, next, at) => {
        const start = bytes(writeFrame(cut)).subarray(0, at % (cut.length + 9));
        expect(read(start, bytes(writeFrame(next))).bodies).toEqual([next]);
      }),
    );
    const long = bytes(writeFrame('a'.repeat(100))).subarray(0, 100);
    expect(read(long, bytes(writeFrame('b'.repeat(60)))).bodies).toEqual(['b'.repeat(60)]);
    expect(read(bytes('x'.repeat(300)), bytes(writeFrame('pong'))).bodies).toEqual(['pong']);
  });

  it('may end with CR LF; an empty line is nothing wrong', () => {
    expect(read(bytes(writeFrame('hello 1').replace('\n', '\r\n')), bytes('\r\n\n'))).toEqual({
      bodies: ['hello 1'],
      rejected: 0,
    });
  });

  it('is counted where it is damaged or another language', () => {
    const overlong = 'x'.repeat(100_000);
    const { bodies, rejected } = read(
      bytes(`GPS $GPGGA,1*47\n$hello 1*00000000\n${overlong}`),
      bytes('\n$*00000000\n'),
    );
    expect(bodies).toEqual([]);
    expect(rejected).toBe(4);
  });

  it('does not keep a line without end', () => {
    let state = NO_FRAME;
    for (let i = 0; i < 100; i += 1) state = readFrames(state, bytes('x'.repeat(10_000))).state;
    expect(state.pending.length).toBeLessThan(200);
    expect(readFrames(state, bytes(`\n${writeFrame('pong')}`)).bodies).toEqual(['pong']);
  });
});
