import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PressOutcome } from '@hymio/device';
import { isRating, type Rating } from '@hymio/protocol';
import type { DemoText } from '../demo-place.js';
import { BUTTON_STYLE, buttonPage, type PressNote } from './button-page.js';
import { chooseLanguage, type PageLanguage } from './button-texts.js';

const MAX_BODY_BYTES = 1_024;
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
};

export interface ButtonServerParts {
  place: DemoText;
  press: (rating: Rating) => PressOutcome;
}

/** Serves the page with the four buttons, on this machine only; each press goes through the firmware. */
export class ButtonServer {
  readonly #parts: ButtonServerParts;
  readonly #server: Server;

  constructor(parts: ButtonServerParts) {
    this.#parts = parts;
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  /** Listens on 127.0.0.1; 0 takes a free port. Returns the address. Rejects as `net.Server.listen` fails. */
  async start(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${this.#port()}/`;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = URL.canParse(request.url ?? '', 'http://localhost')
      ? new URL(request.url ?? '', 'http://localhost')
      : null;
    const route = `${request.method} ${url?.pathname}`;
    if (url === null || !this.#isOurs(request)) send(response, 403, 'text/plain', 'Only for its own visitors.\n');
    else if (route === 'GET /buttons.css') send(response, 200, 'text/css', BUTTON_STYLE);
    else if (route === 'GET /') this.#page(request, response, url);
    else if (route === 'POST /') this.#press(request, response);
    else send(response, 404, 'text/plain', 'There is nothing here. The buttons are at /\n');
  }

  /** Another site's page must not press for its visitor, by a name of its own for this address either. */
  #isOurs({ headers, method }: IncomingMessage): boolean {
    const hosts = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${this.#port()}`);
    if (headers.host === undefined || !hosts.includes(headers.host)) return false;
    if (method !== 'POST') return true;
    const site = headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
    return headers.origin === undefined || headers.origin === `http://${headers.host}`;
  }

  #page(request: IncomingMessage, response: ServerResponse, { searchParams }: URL): void {
    const language = chooseLanguage(searchParams.get('lang'), request.headers['accept-language']);
    const note = readNote(searchParams);
    const page = buttonPage({ language, place: this.#parts.place, ...(note === undefined ? {} : { note }) });
    send(response, 200, 'text/html', page);
  }

  #press(request: IncomingMessage, response: ServerResponse): void {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
      if (body.length > MAX_BODY_BYTES) request.destroy();
    });
    request.on('end', () => {
      const form = new URLSearchParams(body);
      const text = form.get('rating') ?? '';
      const rating = /^[0-3]$/.test(text) ? Number(text) : undefined;
      if (!isRating(rating)) {
        send(response, 400, 'text/plain', 'Send rating=0, 1, 2 or 3.\n');
        return;
      }
      const language = chooseLanguage(form.get('lang'), request.headers['accept-language']);
      const location = resultAddress(this.#parts.press(rating), language);
      response.writeHead(303, { ...HEADERS, location }).end();
    });
  }

  #port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }
}

function resultAddress(outcome: PressOutcome, language: PageLanguage): string {
  const result: Record<string, string> = outcome.kept
    ? { kept: String(outcome.seq), epoch: outcome.epoch }
    : { failed: outcome.code };
  return `/?${new URLSearchParams({ lang: language, ...result })}`;
}

/** Only what our own redirect can have said: no text of someone's making appears on the page. */
function readNote(query: URLSearchParams): PressNote | undefined {
  const seq = query.get('kept') ?? '';
  const epoch = query.get('epoch') ?? '';
  if (/^[1-9]\d{0,9}$/.test(seq) && /^[0-9a-f-]{36}$/.test(epoch)) return { kind: 'kept', seq: Number(seq), epoch };
  const code = query.get('failed') ?? '';
  return /^[a-z-]{1,40}$/.test(code) ? { kind: 'not-kept', code } : undefined;
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { ...HEADERS, 'content-type': `${type}; charset=utf-8` }).end(body);
}
