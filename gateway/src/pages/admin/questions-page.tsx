import { localized } from '../../language/language.js';
import { itemVersion } from '../../registry/item-version.js';
import type { Question, Registry } from '../../registry/registry.js';
import { periodsOf } from '../../registry/stays.js';
import { NameField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, formOr } from '../forms/form-state.js';
import type { PageContext } from '../page-context.js';
import { adminPage, LocalizedFields, periodText, VersionField } from './admin-page.js';
import { RemovalForm } from './removal-form.js';

/** Every question, and where it is asked now. */
export function questionsPage(registry: Registry, context: PageContext): string {
  const { admin } = context.messages;
  return adminPage({
    context,
    section: 'questions',
    title: admin.sections.questions,
    children: (
      <>
        <p class="actions">
          <a href={context.link('/admin/new-question')}>{admin.questions.newTitle}</a>
        </p>
        {registry.questions.length === 0 ? <p>{admin.questions.none}</p> : null}
        <ul class="items">
          {registry.questions.map(({ id, text }) => (
            <li key={id}>
              <a href={context.link(`/admin/questions/${id}`)}>{localized(text, context.language)}</a>{' '}
              <span class="detail">{id}</span>
            </li>
          ))}
        </ul>
      </>
    ),
  });
}

export interface QuestionModel {
  registry: Registry;
  /** Absent: a new one. */
  question?: Question;
}

export function questionPage({ registry, question }: QuestionModel, context: PageContext, sent?: FormState): string {
  const { admin, forms } = context.messages;
  const form = formOr(sent, 'question');
  const action = question === undefined ? '/admin/new-question' : `/admin/questions/${question.id}`;
  const version = question === undefined ? undefined : itemVersion(registry, { kind: 'question', id: question.id });
  return adminPage({
    context,
    section: 'questions',
    title:
      question === undefined
        ? admin.questions.newTitle
        : admin.questions.title(localized(question.text, context.language)),
    children: (
      <>
        {question === undefined ? null : <Periods registry={registry} question={question} context={context} />}
        <Form context={context} form={form} action={action} submit={forms.save}>
          {question === undefined ? (
            <TextField form={form} name="id" label={admin.idLabel} hint={admin.idHint} />
          ) : null}
          {version === undefined ? null : <VersionField form={form} version={version} />}
          <LocalizedFields
            form={form}
            name="text"
            label={admin.questions.textIn}
            value={question?.text}
            context={context}
          />
          <NameField form={form} context={context} />
        </Form>
        {version === undefined ? null : (
          <RemovalForm action={`${action}/remove`} version={version} sent={sent} context={context} />
        )}
      </>
    ),
  });
}

function Periods({ registry, question, context }: { registry: Registry; question: Question; context: PageContext }) {
  const { admin } = context.messages;
  const periods = periodsOf(registry, question.id);
  const names = new Map(registry.servicePoints.map(({ id, name }) => [id, localized(name, context.language)]));
  return (
    <section aria-labelledby="periods-title">
      <h2 id="periods-title">{admin.questions.periods}</h2>
      {periods.length === 0 ? <p>{admin.questions.neverAsked}</p> : null}
      <ul>
        {periods.map(({ servicePoint, from, to }) => (
          <li key={`${servicePoint} ${from}`}>
            <a href={context.link(`/admin/service-points/${servicePoint}`)}>
              {names.get(servicePoint) ?? servicePoint}
            </a>{' '}
            <span class="detail">{periodText({ from, to }, context)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
