import { createInterface, type Interface } from 'node:readline';
import { isRating, type Rating } from '@hymio/protocol';
import type { Panel, PressOutcome } from './panel.js';

/**
 * A panel of text lines, for trying out and for other programs: a line `0` to `3` is a press, answered by
 * `kept epoch=UUID seq=N rating=R` once it is on disk, or by `not-kept rating=R error=CODE`.
 * The end of the input ends nothing.
 */
export class StdinPanel implements Panel {
  readonly #input: NodeJS.ReadableStream;
  readonly #answer: (line: string) => void;
  readonly #onError: (error: Error) => void;
  #lines: Interface | undefined;

  /** `onError` hears of an input that breaks; no presses come from it any more, and nothing else stops. */
  constructor(input: NodeJS.ReadableStream, answer: (line: string) => void, onError: (error: Error) => void) {
    this.#input = input;
    this.#answer = answer;
    this.#onError = onError;
  }

  start(onPress: (rating: Rating) => PressOutcome): void {
    this.#lines = createInterface({ input: this.#input, crlfDelay: Number.POSITIVE_INFINITY });
    this.#lines.on('error', this.#onError);
    this.#lines.on('line', (line) => {
      const text = line.trim();
      if (text === '') return;
      const rating = /^[0-3]$/.test(text) ? Number(text) : Number.NaN;
      this.#answer(isRating(rating) ? describeOutcome(onPress(rating)) : refuse(text));
    });
  }

  stop(): void {
    this.#lines?.close();
    this.#lines = undefined;
  }
}

export function describeOutcome(outcome: PressOutcome): string {
  return outcome.kept
    ? `kept epoch=${outcome.epoch} seq=${outcome.seq} rating=${outcome.rating}`
    : `not-kept rating=${outcome.rating} error=${outcome.code}`;
}

function refuse(text: string): string {
  return `not-kept rating=${text.replaceAll(/[^\w.-]/g, '?').slice(0, 20)} error=not-a-rating`;
}
