import type { User } from '../../people/user.js';
import { LANGUAGES } from '../../registry/registry.js';
import { PasswordField, SelectField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, formOr, freshForm } from '../forms/form-state.js';
import { renderPage } from '../layout.js';
import type { PageContext } from '../page-context.js';

/** The own name, language, password and logins. */
export function accountPage(user: User, context: PageContext, sent?: FormState): string {
  const { people, forms, admin } = context.messages;
  const own = formOr(sent, 'own');
  const password = formOr(sent, 'password');
  return renderPage({
    context,
    title: people.account,
    current: 'account',
    children: (
      <>
        <h1>{people.account}</h1>
        <p>
          {user.name} · {people.accountLead(people.roles[user.role])}
        </p>
        <Form context={context} form={own} action="/account" submit={forms.save}>
          <TextField
            form={own}
            name="displayName"
            label={people.displayName}
            hint={people.displayNameHint}
            value={user.displayName}
            autocomplete="name"
            maxLength={100}
          />
          <SelectField
            form={own}
            name="language"
            label={people.language}
            value={user.language ?? ''}
            choices={[
              ...(user.language === undefined ? [{ value: '', text: people.languageOfBrowser }] : []),
              ...LANGUAGES.map((value) => ({ value, text: admin.languageNames[value] })),
            ]}
          />
        </Form>
        <h2>{people.passwordTitle}</h2>
        {user.directory === undefined ? (
          <PasswordForm form={password} context={context} />
        ) : (
          <p>{context.messages.directory.passwordThere}</p>
        )}
        {user.directory === undefined ? <SecondFactor user={user} context={context} /> : null}
        <h2>{people.everywhere}</h2>
        <p class="hint">{people.everywhereHint}</p>
        <Form
          context={context}
          form={freshForm('everywhere')}
          action="/logout"
          submit=""
          actions={[{ value: 'everywhere', text: people.logOutEverywhere, look: 'plain' }]}
        />
      </>
    ),
  });
}

function SecondFactor({ user, context }: { user: User; context: PageContext }) {
  const { title, isOn, isOff, setUp, switchOff } = context.messages.secondFactor;
  return (
    <>
      <h2>{title}</h2>
      <p>
        {user.hasSecondFactor ? isOn : isOff}{' '}
        <a href={context.link('/account/second-factor')}>{user.hasSecondFactor ? switchOff : setUp}</a>
      </p>
    </>
  );
}

function PasswordForm({ form, context }: { form: FormState; context: PageContext }) {
  const { people } = context.messages;
  return (
    <Form context={context} form={form} action="/account/password" submit={people.setPassword}>
      <PasswordField form={form} name="old" label={people.oldPassword} autocomplete="current-password" />
      <PasswordField
        form={form}
        name="password"
        label={people.newPassword}
        hint={people.passwordHint}
        autocomplete="new-password"
      />
    </Form>
  );
}
