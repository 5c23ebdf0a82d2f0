import { type Recipient, recipientSchema } from '../../alerts/alert-rule.js';
import type { Messages } from '../../language/messages.js';

/** Most recipients of a rule or a place. */
const MOST_RECIPIENTS = 50;

/** Recipients as people write them: one a line, `anna@example.org fi` or `webhook chat`. Faults are sentences. */
export function readRecipients(
  text: string,
  webhooks: readonly string[],
  { alertRules, forms }: Messages,
): { recipients: Recipient[]; faults: string[] } {
  const lines = text.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  const recipients: Recipient[] = [];
  const faults: string[] = [];
  if (lines.length > MOST_RECIPIENTS) faults.push(forms.faults.tooLong);
  for (const line of lines.slice(0, MOST_RECIPIENTS)) {
    const recipient = readRecipient(line);
    if (recipient === undefined) faults.push(alertRules.faults.recipientLine(line.slice(0, 100)));
    else if (recipient.kind === 'webhook' && !webhooks.includes(recipient.webhook)) {
      faults.push(alertRules.faults.unknownWebhook(recipient.webhook));
    } else recipients.push(recipient);
  }
  return { recipients, faults };
}

function readRecipient(line: string): Recipient | undefined {
  const [first = '', second = '', ...more] = line.split(/\s+/);
  if (more.length > 0) return undefined;
  const wanted =
    first.toLowerCase() === 'webhook'
      ? { kind: 'webhook', webhook: second }
      : { kind: 'email', address: first, language: second.toLowerCase() };
  return recipientSchema.safeParse(wanted).data;
}

/** The same lines again. */
export function recipientLines(recipients: readonly Recipient[]): string {
  return recipients.map(recipientLine).join('\n');
}

export function recipientLine(recipient: Recipient): string {
  return recipient.kind === 'email' ? `${recipient.address} ${recipient.language}` : `webhook ${recipient.webhook}`;
}
