import { words } from '../../language/words.js';
import { LANGUAGES } from '../../registry/registry.js';
import type { WeeklyReport } from '../../report/report-document.js';
import { pagePath, reportLines, reportTitle } from '../../reporting/report-mail.js';
import { FormatField } from '../admin/reports/report-recipient-page.js';
import { HiddenField, NameField, SelectField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, formOr } from '../forms/form-state.js';
import { renderPage } from '../layout.js';
import type { PageContext } from '../page-context.js';

export interface SendReportModel {
  report: WeeklyReport;
  hasMail: boolean;
}

/** What the mail with a report says, and a form that sends it to one address. */
export function sendReportPage({ report, hasMail }: SendReportModel, context: PageContext, sent?: FormState): string {
  const { reportIssues, admin } = context.messages;
  const text = reportIssues.send;
  const form = formOr(sent, 'send');
  const title = reportTitle(report, context);
  const back = pagePath(report, context.language);
  return renderPage({
    context,
    title: `${text.title}: ${title}`,
    current: 'report',
    children: (
      <>
        <h1>{text.title}</h1>
        <p>
          <a href={back}>{title}</a>
        </p>
        {hasMail ? <p class="lead">{text.lead}</p> : <p class="notice">{text.noMailServer}</p>}
        {hasMail ? (
          <Form context={context} form={form} action={`/reports/weekly/${report.week}/send`} submit={text.submit}>
            <SubjectField report={report} />
            <TextField
              form={form}
              name="address"
              type="email"
              label={text.address}
              autocomplete="email"
              maxLength={254}
            />
            <SelectField
              form={form}
              name="language"
              label={reportIssues.recipients.language}
              value={context.language}
              choices={LANGUAGES.map((value) => ({ value, text: admin.languageNames[value] }))}
            />
            <FormatField form={form} context={context} />
            <NameField form={form} context={context} />
          </Form>
        ) : null}
        <section aria-labelledby="preview-title">
          <h2 id="preview-title">{text.preview}</h2>
          {LANGUAGES.map((language) => (
            <Preview key={language} report={report} language={language} shown={language === context.language} />
          ))}
        </section>
      </>
    ),
  });
}

function Preview(props: { report: WeeklyReport; language: (typeof LANGUAGES)[number]; shown: boolean }) {
  const { report, language, shown } = props;
  const said = words(language, report.zone);
  return (
    <details open={shown} lang={language}>
      <summary>{reportTitle(report, said)}</summary>
      {reportLines(report, said).map((line) => (
        <p key={line}>{line}</p>
      ))}
    </details>
  );
}

function SubjectField({ report: { scope } }: { report: WeeklyReport }) {
  return scope.kind === 'organisation' ? null : <HiddenField name={scope.kind} value={scope.id} />;
}
