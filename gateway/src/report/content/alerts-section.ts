import { type AlertWords, describeNumbers, placeName } from '../../alerts/describe-alert.js';
import type { Words } from '../../language/words.js';
import type { ReportAlert, WeeklyReport } from '../report-document.js';
import type { ContentBlock, ContentSection, Phrase } from './report-content.js';

/** More than so many are told by their number only. */
export const MAX_TOLD_ALERTS = 12;

/** What rang in the week, or that nothing did. */
export function alertsSection({ alerts, generatedAt }: WeeklyReport, words: Words): ContentSection {
  const { messages, formats } = words;
  const { report } = messages;
  const text = report.alertCount(alerts.length, formats.count(alerts.length));
  const blocks: ContentBlock[] = [{ kind: 'paragraph', role: 'text', phrase: { text, definition: 'alerts' } }];
  const told = alerts.slice(0, MAX_TOLD_ALERTS);
  const others = alerts.length - told.length;
  if (told.length > 0) {
    const now = Date.parse(generatedAt);
    blocks.push({ kind: 'list', items: told.map((alert) => alertItem(alert, now, words)) });
  }
  if (others > 0) {
    const more = report.alertsMore(others, formats.count(others));
    blocks.push({ kind: 'paragraph', role: 'note', phrase: { text: more } });
  }
  return { id: 'alerts', title: report.alertsTitle, blocks };
}

function alertItem(alert: ReportAlert, now: number, words: Words): Phrase {
  const { messages, formats } = words;
  const { condition, numbers, openedAt, closedAt, servicePoint, terminal } = alert;
  const subject =
    terminal !== null
      ? { kind: 'terminal' as const, terminal, ...(servicePoint === null ? {} : { servicePoint }) }
      : { kind: 'service-point' as const, servicePoint: servicePoint ?? '' };
  const described: AlertWords = { ...words, now, registry: namesOf(alert) };
  const what = messages.report.alert(
    formats.moment(openedAt, now),
    messages.alerts.kinds[condition.kind],
    placeName(subject, described),
  );
  const happened = describeNumbers(condition, subject, numbers, described);
  const end =
    closedAt === null ? messages.report.alertLasts : messages.report.alertEnded(formats.moment(closedAt, now));
  return { text: `${what} ${happened} ${end}` };
}

function namesOf({ servicePoint, name, terminal, terminalName }: ReportAlert): AlertWords['registry'] {
  return {
    servicePoints: servicePoint === null || name === null ? [] : [{ id: servicePoint, name }],
    terminals: terminal === null || terminalName === null ? [] : [{ id: terminal, name: terminalName }],
  };
}
