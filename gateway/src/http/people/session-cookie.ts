import type { FastifyReply, FastifyRequest } from 'fastify';

/** How the cookie of a login, or of one that waits for its code, is called and kept. */
export class SessionCookie {
  readonly #name: string;
  readonly #options: { path: string; httpOnly: boolean; sameSite: 'lax'; secure: boolean };

  /** `https`: people reach the pages by https alone. */
  constructor(https: boolean, what: 'session' | 'second-step' = 'session') {
    // The prefix makes the browser refuse one that another host of the same domain has set.
    this.#name = `${https ? '__Host-' : ''}hymio-${what}`;
    // Lax: a link in a mail leads to the page, and a form of another site brings nothing.
    this.#options = { path: '/', httpOnly: true, sameSite: 'lax', secure: https };
  }

  read(request: FastifyRequest): string | undefined {
    const secret = request.cookies?.[this.#name];
    return secret === '' ? undefined : secret;
  }

  /** Until the browser is closed; the gateway ends it sooner or later. */
  set(reply: FastifyReply, secret: string): void {
    reply.setCookie(this.#name, secret, this.#options);
  }

  clear(reply: FastifyReply): void {
    reply.clearCookie(this.#name, this.#options);
  }
}
