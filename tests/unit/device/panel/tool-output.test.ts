import { isChronySynced, lineText, NO_LINE, readMonitorLine, readTextLines } from '@hymio/device';
import { describe, expect, it } from 'vitest';

describe('an edge of gpiomon', () => {
  it('has the time that the kernel gave it', () => {
    expect(readMonitorLine('17 2 1234.500000000 GPIO17')).toEqual({
      offset: 17,
      name: 'GPIO17',
      rising: false,
      monotonicMs: 1_234_500,
    });
  });

  it.each(['11111111111111111111 1 0.000000000 GPIO1', `17 1 ${'9'.repeat(400)}.000000000 GPIO17`])(
    'is none at a number that is none: %s',
    (line) => {
      expect(readMonitorLine(line)).toBeUndefined();
    },
  );
});

describe('lines of text', () => {
  it('end with LF, CR or both', () => {
    expect(readTextLines(NO_LINE, 'a\nb\r\nc\rd')).toMatchObject({ lines: ['a', 'b', 'c'], state: { begun: 'd' } });
  });

  it('are not kept where they never end, and are then like no line of ours', () => {
    let { state } = readTextLines(NO_LINE, '0');
    for (let piece = 0; piece < 1_000; piece += 1) state = readTextLines(state, ' '.repeat(10_000)).state;
    expect(state.begun.length).toBeLessThanOrEqual(1_000);
    expect(lineText(state).trim()).not.toBe('0');
    expect(readTextLines(state, '\n1\n').lines).toEqual([lineText(state), '1']);
  });
});

describe('what chronyc says', () => {
  const tracking = (leap: string) =>
    `C1A2B3C4,ntp.example.org,3,1795000000.123,0.000001,0.000002,0.000003,-1.2,0.001,0.02,0.003,0.0004,64.2,${leap}\n`;

  it.each(['Normal', 'Insert second', 'Delete second'])('a clock is kept right: %s', (leap) => {
    expect(isChronySynced(tracking(leap))).toBe(true);
  });

  it.each([
    '',
    '506 Cannot talk to daemon\n',
    tracking('Not synchronised'),
    tracking(''),
    tracking('Normal').slice(0, 40),
    'Normal',
  ])('it is not, or nobody knows: %j', (output) => {
    expect(isChronySynced(output)).toBe(false);
  });
});
