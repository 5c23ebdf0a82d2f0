import { scopeKey } from '../../../alerts/scope-key.js';
import { parseWeek } from '../../../calendar/iso-week.js';
import type { Registry } from '../../../registry/registry.js';
import type { ReportRecipient } from '../../../reporting/report-recipient.js';
import type { ReportMail } from '../../../reporting/report-store.js';
import { NameField } from '../../forms/fields.js';
import { Form } from '../../forms/form.js';
import { type FormState, formOr } from '../../forms/form-state.js';
import type { PageContext } from '../../page-context.js';
import { adminPage } from '../admin-page.js';
import { subjectName } from './subject-name.js';

export interface ReportRecipientsModel {
  registry: Registry;
  recipients: readonly ReportRecipient[];
  /** Not delivered though tried, newest first. */
  troubles: readonly ReportMail[];
  hasMail: boolean;
  /** When the next reports go out, UTC ms; absent: never. */
  nextAt?: number;
}

/** Who gets reports, and which mails have not arrived. */
export function reportRecipientsPage(model: ReportRecipientsModel, context: PageContext, sent?: FormState): string {
  const { admin, reportIssues } = context.messages;
  const text = reportIssues.recipients;
  return adminPage({
    context,
    section: 'reports',
    title: admin.sections.reports,
    children: (
      <>
        <p class="lead">
          {text.lead} {model.nextAt === undefined ? text.off : text.nextAt(context.formats.full(model.nextAt))}
        </p>
        {model.hasMail ? null : <p class="notice">{reportIssues.send.noMailServer}</p>}
        <p class="actions">
          <a href={context.link('/admin/new-report-recipient')}>{text.add}</a>
        </p>
        {model.troubles.length === 0 ? null : <Troubles model={model} context={context} sent={sent} />}
        {model.recipients.length === 0 ? <p>{text.none}</p> : <Recipients model={model} context={context} />}
      </>
    ),
  });
}

function Recipients({ model, context }: { model: ReportRecipientsModel; context: PageContext }) {
  const { admin, reportIssues } = context.messages;
  const text = reportIssues.recipients;
  return (
    <table class="cards compact">
      <caption class="hidden">{text.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{text.address}</th>
          <th scope="col">{text.subjects}</th>
          <th scope="col">{text.language}</th>
          <th scope="col">{text.format}</th>
        </tr>
      </thead>
      <tbody>
        {model.recipients.map(({ id, address, subjects, language, format, active }) => (
          <tr key={id}>
            <th scope="row">
              <a class="id-like" href={context.link(`/admin/report-recipients/${id}`)}>
                {address}
              </a>
              {active ? null : <span class="detail"> {text.paused}</span>}
            </th>
            <td class="wide" data-label={text.subjects}>
              {subjects.map((scope) => subjectName(scopeKey(scope), model.registry, context)).join(', ')}
            </td>
            <td data-label={text.language}>{admin.languageNames[language]}</td>
            <td data-label={text.format}>{format.toUpperCase()}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Troubles(props: { model: ReportRecipientsModel; context: PageContext; sent: FormState | undefined }) {
  const { model, context, sent } = props;
  const { reportIssues, report } = context.messages;
  const text = reportIssues.recipients;
  return (
    <section aria-labelledby="troubles-title">
      <h2 id="troubles-title">{text.troubles}</h2>
      <ul class="notes">
        {model.troubles.map((mail) => {
          const { week, year } = parseWeek(mail.week);
          const form = formOr(sent, `mail-${mail.id}`);
          const about = `${report.week(week, year)}, ${subjectName(mail.subject, model.registry, context)}`;
          return (
            <li key={mail.id}>
              <span class="id-like">{mail.addressee.address}</span>: {about}. {stateText(mail, context)}
              <Reason mail={mail} context={context} />
              {mail.state.kind === 'given-up' ? (
                <Form
                  context={context}
                  form={form}
                  action={`/admin/report-mails/${mail.id}`}
                  submit={text.sendAnew}
                  label={`${text.sendAnew}: ${mail.addressee.address}, ${about}`}
                >
                  <NameField form={form} context={context} />
                </Form>
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function stateText({ state }: ReportMail, { messages, formats, now }: PageContext): string {
  const text = messages.reportIssues.recipients;
  if (state.kind === 'waiting') return text.waiting(state.attempts, formats.moment(state.nextAt, now));
  return state.kind === 'given-up' ? text.givenUp(formats.moment(state.at, now)) : '';
}

/** What the mail server or the network said stays in its own words. */
function Reason({ mail: { state }, context }: { mail: ReportMail; context: PageContext }) {
  const reason = state.kind === 'delivered' ? undefined : state.reason;
  if (reason === undefined) return null;
  return (
    <span class="detail">
      {' '}
      {context.messages.reportIssues.recipients.reason} <span lang="en">{reason}</span>
    </span>
  );
}
