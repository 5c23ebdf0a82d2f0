import { PassThrough } from 'node:stream';
import { type PressOutcome, StdinPanel } from '@hymio/device';
import type { Rating } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';

const EPOCH = '0f8fad5b-d9cb-469f-a165-000000000001';

function fail(error: Error): never {
  throw error;
}

async function answers(text: string, press?: (rating: Rating, seq: number) => PressOutcome): Promise<string[]> {
  const input = new PassThrough();
  const lines: string[] = [];
  const panel = new StdinPanel(input, (line) => lines.push(line), fail);
  let seq = 0;
  panel.start((rating) => {
    seq += 1;
    return press?.(rating, seq) ?? { kept: true, epoch: EPOCH, seq, rating };
  });
  input.end(text);
  await new Promise((resolve) => input.once('close', resolve));
  return lines;
}

describe('the panel of text lines', () => {
  it('takes 0 to 3 as presses and says what became of each', async () => {
    expect(await answers('0\n3\r\n 2 \n\n1')).toEqual(
      [0, 3, 2, 1].map((rating, index) => `kept epoch=${EPOCH} seq=${index + 1} rating=${rating}`),
    );
  });

  it('says why a press was not kept', async () => {
    const full = (rating: Rating): PressOutcome => ({ kept: false, rating, code: 'journal-full' });
    expect(await answers('2\n', full)).toEqual(['not-kept rating=2 error=journal-full']);
  });

  it.each([
    ['4', '4'],
    ['-1', '-1'],
    ['01', '01'],
    ['two words', 'two?words'],
    ['☃', '?'],
    ['x'.repeat(1000), 'x'.repeat(20)],
    // Once it is cut it must not look like a press.
    [`1${' '.repeat(5000)}x`, `1${'?'.repeat(19)}`],
  ])('takes nothing else: %s', async (text, shown) => {
    expect(await answers(`${text}\n`)).toEqual([`not-kept rating=${shown} error=not-a-rating`]);
  });

  it('tells of an input that breaks, and nothing more happens', async () => {
    const told: string[] = [];
    const input = new PassThrough();
    const panel = new StdinPanel(
      input,
      () => undefined,
      (error) => told.push(error.message),
    );
    panel.start((rating) => ({ kept: true, epoch: EPOCH, seq: 1, rating }));
    const closed = new Promise((resolve) => input.once('close', resolve));
    input.destroy(new Error('EIO'));
    await closed;
    expect(told).toEqual(['EIO']);
    panel.stop();
  });

  it('is silent once it is stopped', async () => {
    const input = new PassThrough();
    const lines: string[] = [];
    const panel = new StdinPanel(input, (line) => lines.push(line), fail);
    panel.start((rating) => ({ kept: true, epoch: EPOCH, seq: 1, rating }));
    panel.stop();
    input.write('1\n');
    await new Promise((resolve) => setImmediate(resolve));
    expect(lines).toEqual([]);
  });
});
