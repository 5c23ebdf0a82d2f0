import type { Words } from '../language/words.js';
import { composeMail } from '../notices/compose-mail.js';
import type { Mail, MailAttachment } from '../notices/mail-sender.js';
import { makeReportContent } from '../report/content/make-report-content.js';
import type { WeeklyReport } from '../report/report-document.js';

/** Below this share of the opening time the mail says how long the terminals are known to have worked, 0…1. */
const COVERAGE_TO_SAY = 0.95;

export interface ReportMailWanted {
  report: WeeklyReport;
  to: string;
  attachment: MailAttachment;
  /** `https://hymio.example.org`; absent: the mail has no link. */
  publicUrl?: string | undefined;
  /** Asked for just now by somebody, rather than sent by the schedule. */
  asked?: boolean;
}

/** The mail that a report comes with: what one must know who never opens the attachment. */
export function reportMail({ report, to, attachment, publicUrl, asked = false }: ReportMailWanted, words: Words): Mail {
  const { reportIssues } = words.messages;
  const title = reportTitle(report, words);
  const link = publicUrl === undefined ? undefined : new URL(pagePath(report, words.language), publicUrl).href;
  const mail = composeMail({
    to,
    subject: title,
    heading: title,
    lines: [...reportLines(report, words), reportIssues.mail.attached(attachment.fileName)],
    ...(link === undefined ? {} : { link: { text: reportIssues.mail.open, href: link } }),
    why: asked ? reportIssues.mail.whyAsked : reportIssues.mail.why,
    language: words.language,
  });
  return { ...mail, attachments: [attachment] };
}

/** Weekly report, week 47, 2026: Kallio */
export function reportTitle(report: WeeklyReport, words: Words): string {
  const { title, subject } = makeReportContent(report, words);
  return `${title}: ${subject}`;
}

/** What was changed, the result, how it has changed, and whether the terminals worked. */
export function reportLines(report: WeeklyReport, words: Words): string[] {
  const { messages, formats } = words;
  const content = makeReportContent(report, words);
  const said = content.sections
    .filter(({ id }) => id === 'result')
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.kind === 'paragraph' && block.role !== 'note' ? [block.phrase.text] : []));
  const { share } = report.coverage;
  const coverage =
    share !== null && share < COVERAGE_TO_SAY ? [messages.report.coverageSentence(formats.percent(share))] : [];
  return [content.period, ...content.notices.map(({ text }) => text), ...said, ...coverage];
}

/** Where the report is looked at. */
export function pagePath({ week, scope }: Pick<WeeklyReport, 'week' | 'scope'>, language: string): string {
  const subject = scope.kind === 'organisation' ? {} : { [scope.kind]: scope.id };
  return `/reports/weekly/${week}?${new URLSearchParams({ ...subject, lang: language })}`;
}
