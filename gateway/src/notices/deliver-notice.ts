import type { Clock } from '@hymio/protocol';
import type { Alert, Notice } from '../alerts/alert.js';
import type { AlertStore } from '../alerts/alert-store.js';
import type { AlertWords } from '../alerts/describe-alert.js';
import { CATALOGUES } from '../language/catalogues.js';
import { formats } from '../language/formats.js';
import type { Language, Registry } from '../registry/registry.js';
import type { MailSender } from './mail-sender.js';
import type { DeliveryOutcome } from './next-attempt.js';
import { noticeMail, testMail } from './notice-mail.js';
import { noticePayload } from './notice-payload.js';
import type { WebhookSender } from './webhook-sender.js';

export interface DeliveryParts {
  store: Pick<AlertStore, 'alert'>;
  registry: () => Promise<Registry>;
  /** Absent: no mail server is configured. */
  mail?: MailSender;
  webhooks: ReadonlyMap<string, WebhookSender>;
  /** `https://hymio.example.org`; absent: mails have no link. */
  publicUrl?: string;
  clock: Clock;
  zone: string;
}

/** Says one notice to its recipient, in words of the moment. Rejects where the store cannot be read. */
export async function deliverNotice(notice: Notice, parts: DeliveryParts, stop: AbortSignal): Promise<DeliveryOutcome> {
  const alert = notice.alert === undefined ? undefined : (await parts.store.alert(notice.alert))?.alert;
  const link =
    parts.publicUrl === undefined || alert === undefined
      ? undefined
      : new URL(`/alerts/${alert.id}`, parts.publicUrl).href;
  const { recipient } = notice;
  if (recipient.kind === 'webhook') {
    const sender = parts.webhooks.get(recipient.webhook);
    if (sender === undefined) return { kind: 'refused', reason: `no webhook ${recipient.webhook} is configured` };
    return sender.send(notice.delivery, noticePayload(notice, alert, link), stop);
  }
  if (parts.mail === undefined) return { kind: 'refused', reason: 'no mail server is configured' };
  const words = await wordsIn(recipient.language, parts);
  return parts.mail.send(notice.delivery, mailOf(notice, alert, recipient.address, link, words));
}

function mailOf(notice: Notice, alert: Alert | undefined, to: string, link: string | undefined, words: AlertWords) {
  if (alert === undefined || notice.event === 'test') return testMail(to, 'Hymiö', words);
  return noticeMail({ event: notice.event, alert, to, ...(link === undefined ? {} : { link }) }, words);
}

async function wordsIn(language: Language, { registry, zone, clock }: DeliveryParts): Promise<AlertWords> {
  return {
    language,
    messages: CATALOGUES[language],
    formats: formats(language, zone),
    registry: await registry(),
    now: clock.now(),
  };
}
