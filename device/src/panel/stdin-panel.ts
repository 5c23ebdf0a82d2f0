import { StringDecoder } from 'node:string_decoder';
import { isRating, type Rating } from '@hymio/protocol';
import type { Panel, PressOutcome } from './panel.js';
import { lineText, NO_LINE, readTextLines } from './text-lines.js';

type OnRating = (rating: Rating) => PressOutcome;

/**
 * A panel of text lines, for trying out and for other programs: a line `0` to `3` is a press, answered by
 * `kept epoch=UUID seq=N rating=R` once it is on disk, or by `not-kept rating=R error=CODE`.
 * The end of the input ends nothing.
 */
export class StdinPanel implements Panel {
  readonly #input: NodeJS.ReadableStream;
  readonly #answer: (line: string) => void;
  readonly #onError: (error: Error) => void;
  #letGo: (() => void) | undefined;

  /** `onError` hears of an input that breaks; no presses come from it any more, and nothing else stops. */
  constructor(input: NodeJS.ReadableStream, answer: (line: string) => void, onError: (error: Error) => void) {
    this.#input = input;
    this.#answer = answer;
    this.#onError = onError;
  }

  start(onPress: OnRating): void {
    const input = this.#input;
    const decoder = new StringDecoder('utf8');
    let state = NO_LINE;
    const onData = (bytes: Buffer | string): void => {
      const read = readTextLines(state, typeof bytes === 'string' ? bytes : decoder.write(bytes));
      state = read.state;
      for (const line of read.lines) this.#take(line, onPress);
    };
    const onEnd = (): void => {
      this.#take(lineText(state), onPress);
      state = NO_LINE;
    };
    input.on('data', onData).on('end', onEnd).on('error', this.#onError);
    this.#letGo = () => void input.off('data', onData).off('end', onEnd).off('error', this.#onError).pause();
  }

  stop(): void {
    this.#letGo?.();
    this.#letGo = undefined;
  }

  #take(line: string, onPress: OnRating): void {
    const text = line.trim();
    if (text === '') return;
    const rating = /^[0-3]$/.test(text) ? Number(text) : Number.NaN;
    this.#answer(isRating(rating) ? describeOutcome(onPress(rating)) : refuse(text));
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
