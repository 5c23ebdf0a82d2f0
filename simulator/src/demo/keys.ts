import { createInterface } from 'node:readline';
import type { ReadStream } from 'node:tty';
import { isRating, type Rating } from '@hymio/protocol';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

/** How a rating looks in a terminal window. */
export const FACES = [':-((', ':-(', ':-)', ':-))'] as const;
export const RATING_WORDS = ['very unhappy', 'unhappy', 'happy', 'very happy'] as const;

export interface Keys {
  press: (rating: Rating) => void;
  quit: () => void;
}

/**
 * Listens for the keys 0–3 and q, each at once in a terminal window, as lines otherwise. The end of the input ends
 * nothing. Returns what undoes it.
 */
export function listenToKeys(input: NodeJS.ReadStream, keys: Keys): () => void {
  const act = (text: string): void => {
    if (text === 'q' || text === CTRL_C || text === CTRL_D) keys.quit();
    const rating = /^[0-3]$/.test(text) ? Number(text) : undefined;
    if (isRating(rating)) keys.press(rating);
  };
  if (!input.isTTY) {
    const lines = createInterface({ input });
    lines.on('line', (line) => act(line.trim()));
    return () => lines.close();
  }
  return listenRaw(input, act);
}

function listenRaw(input: ReadStream, act: (text: string) => void): () => void {
  const onData = (data: Buffer): void => {
    for (const key of data.toString('utf8')) act(key);
  };
  input.setRawMode(true);
  input.on('data', onData);
  return () => {
    input.off('data', onData);
    input.setRawMode(false);
    input.pause();
  };
}
