import type { ChangeLogEntry } from '../../administration/change-log.js';
import type { TerminalStanding } from '../../identity/enrolment-desk.js';
import { localized } from '../../language/language.js';
import { itemVersion } from '../../registry/item-version.js';
import type { Registry } from '../../registry/registry.js';
import type { TerminalDetail } from '../../store/store.js';
import { NameField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, formOr } from '../forms/form-state.js';
import type { PageContext } from '../page-context.js';
import { adminPage, periodText, VersionField } from './admin-page.js';
import { IdentitySection } from './identity-section.js';
import { LogList } from './log-page.js';
import { questionName } from './service-point-sections.js';
import { LifeForms, MoveForm } from './terminal-forms.js';

export interface TerminalModel {
  registry: Registry;
  zone: string;
  terminal: TerminalDetail;
  log: readonly ChangeLogEntry[];
  /** How it proves itself; `isOpen`: codes can be made. Absent: terminals get no certificates here. */
  identity?: TerminalStanding & { isOpen: boolean };
}

export interface TerminalFormProps {
  model: TerminalModel;
  /** Of the terminal with everywhere it stood. */
  version: string;
  context: PageContext;
  sent: FormState | undefined;
}

export function terminalPage(model: TerminalModel, context: PageContext, sent?: FormState): string {
  const { admin, forms } = context.messages;
  const { registry, terminal } = model;
  const version = itemVersion(registry, { kind: 'terminal', id: terminal.id });
  const props = { model, version, context, sent };
  const form = formOr(sent, 'terminal');
  return adminPage({
    context,
    section: 'terminals',
    title: admin.terminals.title(terminal.name ?? terminal.id),
    children: (
      <>
        <Facts model={model} context={context} />
        <p>
          <a href={context.link(`/terminals/${terminal.id}`)}>{admin.see}</a>
        </p>
        <Stays model={model} context={context} />
        {terminal.retiredAt === undefined ? <MoveForm {...props} /> : null}
        <section aria-labelledby="terminal-title">
          <h2 id="terminal-title">{admin.terminals.name}</h2>
          <Form context={context} form={form} action={`/admin/terminals/${terminal.id}`} submit={forms.save}>
            <VersionField form={form} version={version} />
            <TextField form={form} name="name" label={admin.terminals.name} value={terminal.name} maxLength={200} />
            <NameField form={form} context={context} />
          </Form>
        </section>
        <IdentitySection {...props} />
        <LifeForms {...props} />
        <p>
          <a href={context.link(`/admin/new-exclusion?target=${terminal.id}`)}>{admin.exclusions.newTitle}</a>
        </p>
        <section aria-labelledby="history-title">
          <h2 id="history-title">{admin.historyTitle}</h2>
          {model.log.length === 0 ? <p>{admin.noChanges}</p> : <LogList entries={model.log} context={context} />}
        </section>
      </>
    ),
  });
}

function Facts({ model: { terminal }, context }: { model: TerminalModel; context: PageContext }) {
  const { messages, formats } = context;
  const { admin } = messages;
  return (
    <ul class="notes">
      <li>{terminal.id}</li>
      {terminal.registered ? null : <li>{admin.terminals.notAnnounced}</li>}
      {terminal.retiredAt === undefined ? null : (
        <li>{admin.terminals.retiredSince(formats.full(terminal.retiredAt))}</li>
      )}
      {terminal.replacedAt === undefined ? null : (
        <li>{admin.terminals.replacedAt(formats.full(terminal.replacedAt))}</li>
      )}
    </ul>
  );
}

function Stays({ model: { registry, terminal }, context }: { model: TerminalModel; context: PageContext }) {
  const { admin } = context.messages;
  const names = new Map(registry.servicePoints.map(({ id, name }) => [id, localized(name, context.language)]));
  return (
    <section aria-labelledby="stays-title">
      <h2 id="stays-title">{admin.terminals.stays}</h2>
      {terminal.assignments.length === 0 ? <p>{admin.terminals.noStays}</p> : null}
      <ol>
        {terminal.assignments.map((stay) => (
          <li key={stay.from}>
            <a href={context.link(`/admin/service-points/${stay.servicePoint}`)}>
              {names.get(stay.servicePoint) ?? stay.servicePoint}
            </a>{' '}
            <span class="detail">
              {periodText(stay, context)} · {questionName(registry, stay.question, context)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A terminal that has not come yet. */
export function newTerminalPage(context: PageContext, sent?: FormState): string {
  const { admin, forms } = context.messages;
  const form = formOr(sent, 'terminal');
  return adminPage({
    context,
    section: 'terminals',
    title: admin.terminals.newTitle,
    children: (
      <Form context={context} form={form} action="/admin/new-terminal" submit={forms.save}>
        <TextField form={form} name="id" label={admin.idLabel} hint={admin.idHint} />
        <TextField form={form} name="name" label={admin.terminals.name} maxLength={200} />
        <NameField form={form} context={context} />
      </Form>
    ),
  });
}
