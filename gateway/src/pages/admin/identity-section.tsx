import type { TerminalStanding } from '../../identity/enrolment-desk.js';
import { NameField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { formOr } from '../forms/form-state.js';
import type { PageContext } from '../page-context.js';
import type { TerminalFormProps } from './terminal-page.js';

/** How the terminal proves itself, and what can be done about it. */
export function IdentitySection(props: TerminalFormProps) {
  const { model, context } = props;
  const { terminalIdentity: text } = context.messages;
  // The form says that it was refused, though nothing is left to withdraw.
  const isRefused = props.sent?.id === 'withdraw-code';
  return (
    <section aria-labelledby="identity-title">
      <h2 id="identity-title">{text.title}</h2>
      <p class="hint">{text.lead}</p>
      {model.identity === undefined ? (
        <p>
          {text.notHere} {context.messages.admin.refusals['identity-needed']}
        </p>
      ) : (
        <>
          <ul class="notes">
            {standingText(model.identity, context).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {model.identity.code !== undefined || isRefused ? <WithdrawForm {...props} /> : null}
          {model.identity.isOpen ? (
            <CodeForm {...props} />
          ) : (
            <p>{context.messages.admin.refusals['identity-needed']}</p>
          )}
          {hasSomething(model.identity) ? (
            <p>
              <a href={context.link(`/admin/terminals/${model.terminal.id}/shut-out`)}>{text.shutOutLink}</a>
            </p>
          ) : null}
        </>
      )}
    </section>
  );
}

/** Is there anything that shutting the terminal out would take from it? */
export function hasSomething({ certificate, code }: TerminalStanding): boolean {
  return code !== undefined || (certificate !== undefined && certificate.revokedAt === undefined);
}

function standingText({ certificate, code }: TerminalStanding, context: PageContext): string[] {
  const { formats, messages, now } = context;
  const text = messages.terminalIdentity;
  const lines: string[] = [];
  if (certificate === undefined) lines.push(text.none);
  else if (certificate.revokedAt !== undefined) lines.push(text.shutOut(formats.full(certificate.revokedAt)));
  else {
    const { issuedAt, notAfter, renewed } = certificate;
    const isValid = now <= notAfter;
    lines.push(isValid ? text.until(formats.full(notAfter)) : text.ranOut(formats.full(notAfter)));
    lines.push((renewed ? text.renewed : text.enrolled)(formats.full(issuedAt)));
    if (isValid) lines.push(text.renewsByItself);
  }
  if (code !== undefined) lines.push(text.codeOpen(formats.full(code.expiresAt)));
  return lines;
}

function CodeForm({ model, context, sent }: TerminalFormProps) {
  const { terminalIdentity: text } = context.messages;
  const form = formOr(sent, 'code');
  const replaces = model.identity?.code === undefined ? '' : ` ${text.replacesHint}`;
  return (
    <>
      <h3>{text.makeTitle}</h3>
      <p class="hint">{text.makeHint + replaces}</p>
      <Form
        context={context}
        form={form}
        action={`/admin/terminals/${model.terminal.id}/code`}
        submit={text.make}
        label={text.makeTitle}
      >
        <NameField form={form} context={context} />
      </Form>
    </>
  );
}

function WithdrawForm({ model, context, sent }: TerminalFormProps) {
  const { terminalIdentity: text } = context.messages;
  const form = formOr(sent, 'withdraw-code');
  return (
    <Form
      context={context}
      form={form}
      action={`/admin/terminals/${model.terminal.id}/withdraw-code`}
      submit={text.withdraw}
      label={text.withdraw}
      grave
    >
      <NameField form={form} context={context} />
    </Form>
  );
}
