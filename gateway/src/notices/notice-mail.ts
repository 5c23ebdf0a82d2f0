import type { Alert } from '../alerts/alert.js';
import { type AlertWords, describeAlert } from '../alerts/describe-alert.js';
import { composeMail } from './compose-mail.js';
import type { Mail } from './mail-sender.js';

export interface NoticeMailWanted {
  event: 'opened' | 'recovered';
  alert: Alert;
  to: string;
  /** Of the page of the alert; absent where the gateway does not know under which address people reach it. */
  link?: string;
}

/** What is written to someone about an alert: what happened, what is known of it by now, where to look. */
export function noticeMail({ event, alert, to, link }: NoticeMailWanted, words: AlertWords): Mail {
  const { mail } = words.messages.alerts;
  const described = describeAlert(alert, words);
  const lines = [
    described.happened,
    ...described.certainty,
    ...ratingLine(alert, words),
    mail.openedAt(words.formats.full(alert.openedAt)),
    ...standing(event, alert, words),
  ];
  const subject = event === 'opened' ? mail.subjectOpened(described.title) : mail.subjectRecovered(described.title);
  return compose(to, subject, described.title, lines, link, mail.why(alert.rule.name), words);
}

/** A mail that only shows that mails arrive. */
export function testMail(to: string, rule: string, words: AlertWords): Mail {
  const { mail } = words.messages.alerts;
  return compose(to, mail.subjectTest, mail.subjectTest, [mail.test(rule)], undefined, mail.why(rule), words);
}

function ratingLine({ numbers }: Alert, { messages, formats }: AlertWords): string[] {
  if (numbers.kind !== 'presses') return [];
  const counts = messages.common.ratings.map(
    (name, rating) => `${name}: ${formats.count(numbers.ratings[rating] ?? 0)}`,
  );
  return [`${messages.alerts.mail.numbers}: ${counts.reverse().join(', ')}.`];
}

/** How it stands when the mail is written, which may be long after the event. */
function standing(event: 'opened' | 'recovered', { state, acknowledged }: Alert, words: AlertWords): string[] {
  const { mail } = words.messages.alerts;
  const { formats } = words;
  if (state.kind === 'closed') {
    return [event === 'recovered' ? mail.recoveredAt(formats.full(state.at)) : mail.closedAt(formats.full(state.at))];
  }
  return acknowledged === undefined ? [] : [mail.acknowledgedBy(acknowledged.by, formats.full(acknowledged.at))];
}

function compose(
  to: string,
  subject: string,
  heading: string,
  lines: readonly string[],
  href: string | undefined,
  why: string,
  { language, messages }: AlertWords,
): Mail {
  const link = href === undefined ? {} : { link: { text: messages.alerts.mail.openAlert, href } };
  return composeMail({ to, subject, heading, lines, ...link, why, language });
}
