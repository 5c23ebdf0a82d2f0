import { HiddenField, PasswordField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import type { FormState } from '../forms/form-state.js';
import { renderPage } from '../layout.js';
import type { PageContext } from '../page-context.js';
import { DirectoryButton, type DirectoryName } from './directory-pages.js';

export interface LoginPageParts {
  next: string;
  form: FormState;
  fault?: string | undefined;
  /** Where one can log in by a directory too. */
  directory?: DirectoryName | undefined;
}

/** `next`: where to go on afterwards. `fault`: why it was not possible; of what was typed nothing but the name comes back. */
export function loginPage({ next, form, fault, directory }: LoginPageParts, context: PageContext): string {
  const { people } = context.messages;
  return renderPage({
    context,
    title: people.logIn,
    children: (
      <>
        <h1>{people.logIn}</h1>
        {fault === undefined ? null : (
          <p class="errors" role="alert">
            {fault}
          </p>
        )}
        {directory === undefined ? null : <DirectoryButton name={directory} next={next} context={context} />}
        <Form context={context} form={form} action="/login" submit={people.logIn}>
          <HiddenField name="next" value={next} />
          <TextField form={form} name="name" label={people.name} autocomplete="username" maxLength={64} />
          <PasswordField form={form} name="password" label={people.password} autocomplete="current-password" />
        </Form>
      </>
    ),
  });
}
