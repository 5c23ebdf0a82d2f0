import type { PressOutcome } from '@hymio/device';
import type { Rating } from '@hymio/protocol';
import { FACES, RATING_WORDS } from './keys.js';

export interface DemoAddresses {
  overview: string;
  report: string;
  administration: string;
  lobby: string;
  buttons: string;
}

/** What the demo says, line by line; progress in one line that is written over where it is a terminal window. */
export class DemoConsole {
  readonly #output: NodeJS.WriteStream;
  #progress = '';

  constructor(output: NodeJS.WriteStream) {
    this.#output = output;
    // Whoever read it may go away; the demo goes on until it is stopped.
    output.on('error', () => undefined);
  }

  say(line: string): void {
    if (this.#progress !== '') this.#output.write('\r\u001b[K');
    this.#output.write(`${line}\n`);
    if (this.#progress !== '') this.#output.write(this.#progress);
  }

  /** Undefined: there is nothing more to tell. */
  progress(text: string | undefined): void {
    if (!this.#output.isTTY) return;
    this.#progress = text ?? '';
    this.#output.write(`\r\u001b[K${this.#progress}`);
  }

  welcome({ overview, report, administration, lobby, buttons }: DemoAddresses, place: string, data: string): void {
    const keys = ([3, 2, 1, 0] as const).map((rating) => `${rating} ${FACES[rating]} ${RATING_WORDS[rating]}`);
    this.say('');
    this.say(`  Overview            ${overview}`);
    this.say(`  This week's report  ${report}`);
    this.say(`  Administration      ${administration}`);
    this.say(`  A lobby screen      ${lobby}`);
    this.say(`  Four buttons        ${buttons}`);
    this.say('');
    this.say(`  Press here          ${keys.join('   ')}`);
    this.say(`                      at ${place}; q or Ctrl-C ends the demo`);
    this.say('                      (four times 0 within a quarter of an hour, and an alert opens)');
    this.say('');
    this.say(
      `All of it is invented; it lies in ${data}, and the next start goes on with it. Visitors press more often`,
    );
    this.say('than in reality, a few also outside opening hours, so that there is something to see at any time.');
  }

  pressed(outcome: PressOutcome, rating: Rating): void {
    const face = `${rating} ${FACES[rating]}`;
    if (outcome.kept) this.say(`${face}  thank you, kept as press ${outcome.seq} of epoch ${outcome.epoch}`);
    else this.say(`${face}  not kept: ${outcome.code}`);
  }
}
