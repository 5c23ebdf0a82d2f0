import { inFours } from '../../people/second-factor/recovery-codes.js';
import { totpAddress } from '../../people/second-factor/totp-code.js';
import type { User } from '../../people/user.js';
import { PasswordField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, formOr } from '../forms/form-state.js';
import { renderPage } from '../layout.js';
import type { PageContext } from '../page-context.js';
import { QrCode } from './qr-code.js';
import { CodeField } from './second-step-page.js';

const PATH = '/account/second-factor';

/** What one can do about the own second factor now. `begun`: a secret that waits for its first code. */
export function secondFactorPage(
  { user, begun, sent }: { user: User; begun: string | undefined; sent?: FormState },
  context: PageContext,
): string {
  const { title, lead, isOn } = context.messages.secondFactor;
  return renderPage({
    context,
    title,
    current: 'account',
    children: (
      <>
        <h1>{title}</h1>
        <p>{user.hasSecondFactor ? isOn : lead}</p>
        {user.hasSecondFactor ? (
          <OffForm form={formOr(sent, 'off')} context={context} />
        ) : begun === undefined ? (
          <BeginForm form={formOr(sent, 'begin')} context={context} />
        ) : (
          <ConfirmForm form={formOr(sent, 'confirm')} secret={begun} user={user} context={context} />
        )}
        <p>
          <a href={context.link('/account')}>{context.messages.people.account}</a>
        </p>
      </>
    ),
  });
}

interface PartProps {
  form: FormState;
  context: PageContext;
}

function BeginForm({ form, context }: PartProps) {
  const { secondFactor: texts, people } = context.messages;
  return (
    <Form context={context} form={form} action={PATH} submit={texts.setUp}>
      <PasswordField
        form={form}
        name="password"
        label={people.oldPassword}
        hint={texts.passwordFirst}
        autocomplete="current-password"
      />
    </Form>
  );
}

function ConfirmForm({ form, secret, user, context }: PartProps & { secret: string; user: User }) {
  const texts = context.messages.secondFactor;
  const address = totpAddress(secret, user.name);
  return (
    <>
      <h2>{texts.scanTitle}</h2>
      <p>{texts.scanLead}</p>
      <QrCode text={address} label={texts.qrCode} />
      <p>
        <a href={address}>{texts.openApp}</a>
      </p>
      <p>
        {texts.secret}: <code class="id-like">{inFours(secret, ' ')}</code>
      </p>
      <Form context={context} form={form} action={`${PATH}/confirm`} submit={texts.confirm}>
        <TextField
          form={form}
          name="code"
          label={texts.code}
          hint={texts.firstCodeHint}
          autocomplete="one-time-code"
          maxLength={10}
        />
      </Form>
    </>
  );
}

function OffForm({ form, context }: PartProps) {
  const { secondFactor: texts, people } = context.messages;
  return (
    <>
      <h2>{texts.switchOff}</h2>
      <p>{texts.switchOffLead}</p>
      <Form context={context} form={form} action={`${PATH}/off`} submit={texts.switchOff} grave>
        <PasswordField form={form} name="password" label={people.oldPassword} autocomplete="current-password" />
        <CodeField form={form} context={context} />
      </Form>
    </>
  );
}

/** The recovery codes, this once. */
export function recoveryCodesPage(codes: readonly string[], context: PageContext): string {
  const texts = context.messages.secondFactor;
  return renderPage({
    context,
    title: texts.recoveryTitle,
    current: 'account',
    children: (
      <>
        <h1>{texts.recoveryTitle}</h1>
        <p role="status">{texts.recoveryLead}</p>
        <ol>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <p>
          <a href={context.link('/account')}>{texts.recoveryDone}</a>
        </p>
      </>
    ),
  });
}
