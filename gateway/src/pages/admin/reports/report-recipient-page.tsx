import { scopeKey } from '../../../alerts/scope-key.js';
import { LANGUAGES, type Registry } from '../../../registry/registry.js';
import { REPORT_FORMATS } from '../../../report/report-formats.js';
import type { ReportRecipient } from '../../../reporting/report-recipient.js';
import { CheckList } from '../../forms/check-list.js';
import { CheckField, NameField, SelectField, TextField } from '../../forms/fields.js';
import { Form } from '../../forms/form.js';
import { type FormState, formOr } from '../../forms/form-state.js';
import type { PageContext } from '../../page-context.js';
import { adminPage } from '../admin-page.js';
import { organisationAndGroups, points, subjectName } from './subject-name.js';

export interface ReportRecipientModel {
  registry: Registry;
  /** Absent: a new one. */
  recipient?: ReportRecipient;
}

/** Somebody who gets reports: where to, in which language and form, and what about. */
export function reportRecipientPage(model: ReportRecipientModel, context: PageContext, sent?: FormState): string {
  const { recipient } = model;
  const { forms, reportIssues } = context.messages;
  const text = reportIssues.recipients;
  const form = formOr(sent, 'recipient');
  const action = recipient === undefined ? '/admin/new-report-recipient' : `/admin/report-recipients/${recipient.id}`;
  return adminPage({
    context,
    section: 'reports',
    title: recipient === undefined ? text.newTitle : text.title(recipient.address),
    children: (
      <>
        <Form context={context} form={form} action={action} submit={forms.save}>
          <TextField
            form={form}
            name="address"
            type="email"
            label={text.address}
            value={recipient?.address}
            maxLength={254}
          />
          <SelectField
            form={form}
            name="language"
            label={text.language}
            value={recipient?.language ?? context.language}
            choices={LANGUAGES.map((value) => ({ value, text: context.messages.admin.languageNames[value] }))}
          />
          <FormatField form={form} context={context} value={recipient?.format} />
          <Subjects model={model} context={context} form={form} />
          <CheckField
            form={form}
            name="active"
            label={text.active}
            hint={text.activeHint}
            checked={recipient?.active ?? true}
          />
          <NameField form={form} context={context} />
        </Form>
        {recipient === undefined ? null : <Removal recipient={recipient} context={context} sent={sent} />}
      </>
    ),
  });
}

/** In which form a report is attached. */
export function FormatField(props: { form: FormState; context: PageContext; value?: string | undefined }) {
  const { form, context, value = 'pdf' } = props;
  const { recipients } = context.messages.reportIssues;
  const choices = REPORT_FORMATS.map((one) => ({ value: one, text: recipients.formats[one] }));
  return <SelectField form={form} name="format" label={recipients.format} value={value} choices={choices} />;
}

function Subjects({ model, context, form }: { model: ReportRecipientModel; context: PageContext; form: FormState }) {
  const { registry, recipient } = model;
  const text = context.messages.reportIssues.recipients;
  const chosen = recipient?.subjects.map(scopeKey) ?? [];
  const groups = organisationAndGroups(registry, context);
  const places = points(registry, context);
  const known = new Set([...groups, ...places].map(({ value }) => value));
  // What is gone must be taken off: it stands there, to be unchecked.
  const gone = chosen
    .filter((key) => !known.has(key))
    .map((value) => ({ value, text: subjectName(value, registry, context) }));
  return (
    <CheckList
      form={form}
      name="subjects"
      legend={text.subjects}
      hint={text.subjectsHint}
      choices={[...groups, ...gone]}
      more={{ summary: text.points, choices: places }}
      chosen={chosen}
    />
  );
}

function Removal(props: { recipient: ReportRecipient; context: PageContext; sent: FormState | undefined }) {
  const { recipient, context, sent } = props;
  const { admin, reportIssues } = context.messages;
  const form = formOr(sent, 'remove');
  return (
    <section aria-labelledby="remove-title">
      <h2 id="remove-title">{admin.remove}</h2>
      <p class="hint">{reportIssues.recipients.removeHint}</p>
      <Form
        context={context}
        form={form}
        action={`/admin/report-recipients/${recipient.id}/remove`}
        submit={admin.remove}
        grave
      >
        <NameField form={form} context={context} />
      </Form>
    </section>
  );
}
