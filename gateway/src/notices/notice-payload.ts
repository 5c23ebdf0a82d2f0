import type { Alert, Notice } from '../alerts/alert.js';

/** What a webhook is told. Made only of what does not change any more, so that every attempt says the same. */
export function noticePayload(notice: Notice, alert: Alert | undefined, link: string | undefined): object {
  const { delivery, event, createdAt } = notice;
  const told = { delivery, event: `alert.${event}`, at: createdAt };
  if (alert === undefined) return told;
  const { id, rule, subject, numbers, openedAt } = alert;
  return {
    ...told,
    alert: { id, rule: rule.name, condition: rule.condition, subject, numbers, openedAt },
    link: link ?? null,
  };
}
