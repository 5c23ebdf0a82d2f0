import type { LinkHolder } from '../../people/logins.js';
import { PasswordField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import type { FormState } from '../forms/form-state.js';
import { renderPage } from '../layout.js';
import type { PageContext } from '../page-context.js';

/** What a one-time link leads to: a password for a user, or the first administrator. */
export function setPasswordPage(
  { holder, secret, form }: { holder: LinkHolder; secret: string; form: FormState },
  context: PageContext,
): string {
  const { people } = context.messages;
  return renderPage({
    context,
    title: people.setPassword,
    children: (
      <>
        <h1>{people.setPassword}</h1>
        <p class="lead">{holder.kind === 'user' ? people.setFor(holder.user.name) : people.firstLead}</p>
        <Form context={context} form={form} action={`/set-password/${secret}`} submit={people.setPassword}>
          {holder.kind === 'user' ? null : (
            <>
              <TextField
                form={form}
                name="name"
                label={people.name}
                hint={people.nameHint}
                autocomplete="username"
                maxLength={64}
              />
              <TextField
                form={form}
                name="displayName"
                label={people.displayName}
                hint={people.displayNameHint}
                autocomplete="name"
                maxLength={100}
              />
            </>
          )}
          <PasswordField
            form={form}
            name="password"
            label={people.newPassword}
            hint={people.passwordHint}
            autocomplete="new-password"
          />
        </Form>
      </>
    ),
  });
}

/** For a link that holds no more, or never did. */
export function linkSpentPage(context: PageContext): string {
  const { people } = context.messages;
  return renderPage({
    context,
    title: people.linkSpentTitle,
    children: (
      <>
        <h1>{people.linkSpentTitle}</h1>
        <p>{people.linkSpentText}</p>
        <p>
          <a href={context.link('/login')}>{people.logIn}</a>
        </p>
      </>
    ),
  });
}
