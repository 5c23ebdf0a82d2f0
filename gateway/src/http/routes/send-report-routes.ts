import * as z from 'zod';
import { emailSchema } from '../../alerts/alert-rule.js';
import type { Messages } from '../../language/messages.js';
import type { FieldFault } from '../../pages/forms/form-state.js';
import { sendReportPage } from '../../pages/report/send-report-page.js';
import { loadSendReport } from '../../pages/report/send-report-view.js';
import { LANGUAGES } from '../../registry/registry.js';
import { REPORT_FORMATS } from '../../report/report-formats.js';
import { pagePath } from '../../reporting/report-mail.js';
import type { SendNowOutcome } from '../../reporting/reporting.js';
import { type FormBody, readForm } from '../form-body.js';
import { byField, type FormWhere, formRoute } from '../form-route.js';
import { subjectOf } from './report-routes.js';

const sendSchema = z.object({ address: emailSchema, language: z.enum(LANGUAGES), format: z.enum(REPORT_FORMATS) });
const namedSchema = z.object({ by: byField });

/** "Send to me": a report to one address, at once. */
export function sendReportRoutes(where: FormWhere): void {
  formRoute(where, {
    path: '/reports/weekly/:week/send',
    params: z.object({ week: z.string() }),
    async handle({ params: { week }, parts, body, context }) {
      const subject = subjectOf({ group: named(body, 'group'), 'service-point': named(body, 'service-point') });
      const model = await loadSendReport({ week, ...subject }, parts, parts.clock.now());
      const again = (fault: FieldFault) =>
        ({ kind: 'again', html: sendReportPage(model, context, body.again('send', [fault])) }) as const;
      const { messages } = context;
      const read = sendSchema.safeParse({
        address: body.text('address'),
        language: body.text('language'),
        format: body.text('format'),
      });
      if (!read.success) {
        return again({ field: 'address', text: messages.admin.refusals['report-recipient-malformed'] });
      }
      const by = readForm(namedSchema, body, messages.forms);
      if (!by.ok) return { kind: 'again', html: sendReportPage(model, context, body.again('send', by.faults)) };
      const outcome = (await parts.reporting?.sendNow(model.report, read.data, by.value.by)) ?? {
        kind: 'no-mail-server',
      };
      if (outcome.kind !== 'delivered') return again({ field: 'address', text: faultText(outcome, messages) });
      const notice = messages.reportIssues.send.sent(read.data.address);
      return { kind: 'redirect', to: `${sendPath(pagePath(model.report, context.language))}`, notice };
    },
  });
}

function sendPath(page: string): string {
  const url = new URL(page, 'http://gateway');
  url.searchParams.delete('lang');
  return `${url.pathname}/send${url.search}`;
}

function named(body: FormBody, name: string): string | undefined {
  const text = body.text(name);
  return text === '' ? undefined : text;
}

function faultText(outcome: Exclude<SendNowOutcome, { kind: 'delivered' }>, { reportIssues }: Messages): string {
  const { send } = reportIssues;
  if (outcome.kind === 'no-mail-server') return send.noMailServer;
  return outcome.kind === 'too-many' ? send.tooMany : send.failed(outcome.reason);
}
