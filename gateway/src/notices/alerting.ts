import { randomUUID } from 'node:crypto';
import { laneOf, type Notice } from '../alerts/alert.js';
import { AlertEngine, type AlertEngineParts } from '../alerts/alert-engine.js';
import type { Recipient } from '../alerts/alert-rule.js';
import { deliverNotice } from './deliver-notice.js';
import { MailSender, type MailServer } from './mail-sender.js';
import { Outbox } from './outbox.js';
import { type Webhook, WebhookSender } from './webhook-sender.js';

export interface AlertingParts extends Omit<AlertEngineParts, 'newDelivery' | 'noticed'> {
  mail?: MailServer;
  webhooks: readonly Webhook[];
  /** Where people reach the pages; absent: mails have no link. */
  publicUrl?: string;
  random: () => number;
}

/** Alerts and their delivery: what watches, what sends, and what pages may ask and do. */
export class Alerting {
  readonly engine: AlertEngine;
  /** Names of the webhooks that may be recipients. */
  readonly webhooks: readonly string[];
  /** Whether mails can be sent at all. */
  readonly hasMail: boolean;
  readonly #parts: AlertingParts;
  readonly #outbox: Outbox<Notice>;
  readonly #mail: MailSender | undefined;

  constructor(parts: AlertingParts) {
    const { store, registry, clock, zone, random, log, mail, webhooks, publicUrl } = parts;
    this.#parts = parts;
    this.#mail = mail === undefined ? undefined : new MailSender(mail);
    this.hasMail = mail !== undefined;
    this.webhooks = webhooks.map(({ name }) => name);
    const senders = new Map(webhooks.map((webhook) => [webhook.name, new WebhookSender(webhook, clock)]));
    const delivery = {
      ...{ store, registry, clock, zone, webhooks: senders },
      ...(this.#mail === undefined ? {} : { mail: this.#mail }),
      ...(publicUrl === undefined ? {} : { publicUrl }),
    };
    this.#outbox = new Outbox({
      store: {
        waiting: (limit, exceptLanes) => store.waitingNotices(limit, exceptLanes),
        record: (id, state) => store.recordNotice(id, state),
      },
      kind: 'notice',
      lane: ({ recipient }) => laneOf(recipient),
      about: ({ id, alert: of }) => ({ notice: id, alert: of }),
      clock,
      random,
      log,
      deliver: (notice, stop) => deliverNotice(notice, delivery, stop),
    });
    this.engine = new AlertEngine({ ...parts, newDelivery: randomUUID, noticed: () => this.#outbox.wake() });
  }

  get store(): AlertingParts['store'] {
    return this.#parts.store;
  }

  /** Errors: the store's. */
  async start(): Promise<void> {
    await this.engine.start();
    this.#outbox.start();
  }

  async stop(): Promise<void> {
    await this.engine.stop();
    await this.#outbox.stop();
    this.#mail?.close();
  }

  /** Sends a test, by the same way as every notice. Returns the notice's number. */
  async sendTest(recipient: Recipient, who: string): Promise<number> {
    const now = this.#parts.clock.now();
    const notice = { event: 'test', recipient, delivery: randomUUID(), createdAt: now, notBefore: now } as const;
    const id = await this.#parts.store.addTestNotice(notice, { who, at: now });
    this.#outbox.wake();
    return id;
  }
}
