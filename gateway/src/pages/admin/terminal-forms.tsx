import { toLocalInput } from '../../calendar/local-input.js';
import { localized } from '../../language/language.js';
import { isStayAt } from '../../registry/stays.js';
import { NameField, SelectField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { formOr } from '../forms/form-state.js';
import { VersionField } from './admin-page.js';
import { questionChoices } from './service-point-sections.js';
import type { TerminalFormProps } from './terminal-page.js';

/** To a service point, or away, from an instant on. */
export function MoveForm({ model, version, context, sent }: TerminalFormProps) {
  const { registry, terminal, zone } = model;
  const { admin } = context.messages;
  const form = formOr(sent, 'move');
  const current = terminal.assignments.find((stay) => isStayAt(stay, context.now));
  const places = registry.servicePoints.map(({ id, name }) => ({ value: id, text: localized(name, context.language) }));
  return (
    <section aria-labelledby="move-title">
      <h2 id="move-title">{admin.terminals.moveTitle}</h2>
      <Form
        context={context}
        form={form}
        action={`/admin/terminals/${terminal.id}/move`}
        submit={admin.terminals.move}
        label={admin.terminals.moveTitle}
      >
        <VersionField form={form} version={version} />
        <SelectField
          form={form}
          name="servicePoint"
          label={admin.terminals.to}
          value={current?.servicePoint ?? ''}
          choices={[{ value: '', text: admin.terminals.away }, ...places]}
        />
        <SelectField
          form={form}
          name="question"
          label={admin.points.question}
          value={current?.question ?? ''}
          choices={questionChoices(registry, context)}
        />
        <TextField
          form={form}
          name="from"
          type="datetime-local"
          label={admin.fromLabel}
          hint={`${admin.fromHint} ${admin.terminals.moveHint}`}
          value={toLocalInput(context.now, zone)}
        />
        <NameField form={form} context={context} />
      </Form>
    </section>
  );
}

/** Another device, out of use, back into use. */
export function LifeForms(props: TerminalFormProps) {
  const { retiredAt } = props.model.terminal;
  if (retiredAt !== undefined) return <RestoreForm {...props} />;
  const { terminals } = props.context.messages.admin;
  return (
    <>
      <MomentForm
        {...props}
        id="replace"
        title={terminals.replaceTitle}
        hint={terminals.replaceHint}
        submit={terminals.replace}
      />
      <MomentForm
        {...props}
        id="retire"
        title={terminals.retireTitle}
        hint={terminals.retireHint}
        submit={terminals.retire}
        grave
      />
    </>
  );
}

function MomentForm(
  props: TerminalFormProps & { id: 'replace' | 'retire'; title: string; hint: string; submit: string; grave?: boolean },
) {
  const { model, version, context, sent, id, title, hint, submit, grave = false } = props;
  const { terminals } = context.messages.admin;
  const form = formOr(sent, id);
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      <p class="hint">{hint}</p>
      <Form
        context={context}
        form={form}
        action={`/admin/terminals/${model.terminal.id}/${id}`}
        submit={submit}
        grave={grave}
        label={title}
      >
        <VersionField form={form} version={version} />
        <TextField
          form={form}
          name="at"
          type="datetime-local"
          label={terminals.when}
          value={toLocalInput(context.now, model.zone)}
        />
        <TextField form={form} name="why" label={terminals.why} maxLength={500} />
        <NameField form={form} context={context} />
      </Form>
    </section>
  );
}

function RestoreForm({ model, version, context, sent }: TerminalFormProps) {
  const { terminals } = context.messages.admin;
  const form = formOr(sent, 'restore');
  return (
    <section aria-labelledby="restore-title">
      <h2 id="restore-title">{terminals.restoreTitle}</h2>
      <p class="hint">{terminals.restoreHint}</p>
      <Form
        context={context}
        form={form}
        action={`/admin/terminals/${model.terminal.id}/restore`}
        submit={terminals.restore}
      >
        <VersionField form={form} version={version} />
        <NameField form={form} context={context} />
      </Form>
    </section>
  );
}
