import { expect } from 'vitest';
import type { TestHttpServer } from './test-http-server.js';

export interface Heard {
  event: string;
  data: Record<string, unknown>;
}

/** A client of the event stream; `next` waits for the next event. */
export class EventListener {
  readonly answer: Response;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #abort: AbortController;
  #text = '';

  private constructor(answer: Response, reader: ReadableStreamDefaultReader<Uint8Array>, abort: AbortController) {
    this.answer = answer;
    this.#reader = reader;
    this.#abort = abort;
  }

  static async open(
    http: TestHttpServer,
    path = '/api/v1/events',
    headers: Record<string, string> = {},
  ): Promise<EventListener> {
    const abort = new AbortController();
    const answer = await fetch(`${http.address.url}${path}`, { signal: abort.signal, headers });
    if (answer.body === null) throw new Error('no body');
    const listener = new EventListener(answer, answer.body.getReader(), abort);
    await listener.#until((text) => text.includes('\n\n'));
    listener.#text = listener.#text.slice(listener.#text.indexOf('\n\n') + 2);
    return listener;
  }

  async #until(done: (text: string) => boolean): Promise<void> {
    while (!done(this.#text)) {
      const { value, done: ended } = await this.#reader.read();
      if (ended) throw new Error('the stream has ended');
      this.#text += new TextDecoder().decode(value);
    }
  }

  async next(): Promise<Heard> {
    await this.#until((text) => text.includes('\n\n'));
    const end = this.#text.indexOf('\n\n');
    const fields = new Map(
      this.#text
        .slice(0, end)
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
    );
    this.#text = this.#text.slice(end + 2);
    if (!fields.has('event')) return this.next();
    return { event: fields.get('event') ?? '', data: JSON.parse(fields.get('data') ?? 'null') as Heard['data'] };
  }

  /** Resolves once the server has ended the stream. */
  async ended(): Promise<void> {
    try {
      while (!(await this.#reader.read()).done);
    } catch (error) {
      expect(error).toBeInstanceOf(TypeError);
    }
  }

  close(): void {
    this.#abort.abort();
  }
}
