import type { Clock } from '@hymio/protocol';
import type { DeliveryOutcome } from './next-attempt.js';
import { signWebhook } from './sign-webhook.js';

/** A receiver from the configuration file. */
export interface Webhook {
  name: string;
  url: string;
  secret: string;
}

const TIMEOUT_MS = 10_000;
/** Not "never": too early, or too many at once. */
const TRANSIENT_STATUSES = new Set([408, 421, 425, 429]);

/** Posts JSON to one receiver. Only to the address configured: what an answer says about another one is not followed. */
export class WebhookSender {
  readonly #webhook: Webhook;
  readonly #clock: Clock;
  readonly #timeoutMs: number;

  constructor(webhook: Webhook, clock: Clock, timeoutMs = TIMEOUT_MS) {
    this.#webhook = webhook;
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
  }

  /** `delivery` is the idempotency key: the same at every attempt. */
  async send(delivery: string, payload: object, stop: AbortSignal): Promise<DeliveryOutcome> {
    const { url, secret } = this.#webhook;
    const body = JSON.stringify(payload);
    try {
      const response = await fetch(url, {
        method: 'POST',
        body,
        redirect: 'manual',
        signal: AbortSignal.any([stop, AbortSignal.timeout(this.#timeoutMs)]),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'hymio',
          'x-hymio-delivery': delivery,
          'idempotency-key': delivery,
          'x-hymio-signature': signWebhook(secret, body, this.#clock.now()),
        },
      });
      await response.body?.cancel();
      return outcomeOf(response.status);
    } catch (error) {
      return { kind: 'unreachable', reason: reasonOf(error) };
    }
  }
}

function outcomeOf(status: number): DeliveryOutcome {
  const reason = `HTTP ${status}`;
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  if (status >= 500 || TRANSIENT_STATUSES.has(status)) return { kind: 'failed', reason };
  return { kind: 'refused', reason: status >= 300 && status < 400 ? `${reason}: redirects are not followed` : reason };
}

/** The system's code says more than "fetch failed"; neither holds the address or the secret. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
}
