import type { User } from '../../people/user.js';
import { adminPage } from '../admin/admin-page.js';
import { Form } from '../forms/form.js';
import { type FormState, formOr, freshForm } from '../forms/form-state.js';
import type { PageContext } from '../page-context.js';
import { NewLink } from './new-link.js';
import { RightsFields } from './rights-fields.js';
import type { UsersModel } from './users-page.js';

/** One user: what may be done, a new link, logins, and the end. Of who comes from the directory only the last two. */
export function userPage(model: UsersModel & { user: User }, context: PageContext, sent?: FormState): string {
  const { people, admin } = context.messages;
  const { user, link } = model;
  const path = `/admin/users/${user.id}`;
  const { users: texts } = people;
  const remove = formOr(sent, 'remove');
  return adminPage({
    context,
    section: 'users',
    title: user.displayName,
    children: (
      <>
        <p>
          {texts.loginName(user.name)} · {people.roles[user.role]}
        </p>
        <NewLink link={link} context={context} />
        {user.directory === undefined ? (
          <OwnForms model={model} path={path} context={context} sent={sent} />
        ) : (
          <p>{texts.directoryRules}</p>
        )}
        <h2>{texts.endTitle}</h2>
        <p class="hint">{texts.endHint}</p>
        <Form
          context={context}
          form={freshForm('end')}
          action={`${path}/end-logins`}
          submit=""
          actions={[{ value: 'end', text: texts.end, look: 'plain' }]}
        />
        <h2>{admin.remove}</h2>
        <p class="hint">{texts.removeHint}</p>
        <Form context={context} form={remove} action={`${path}/remove`} submit={admin.remove} grave />
      </>
    ),
  });
}

/** What is set here of who has a password here. */
function OwnForms(props: {
  model: UsersModel & { user: User };
  path: string;
  context: PageContext;
  sent: FormState | undefined;
}) {
  const { model, path, context, sent } = props;
  const { people, forms } = context.messages;
  const rights = formOr(sent, 'rights');
  return (
    <>
      <Form context={context} form={rights} action={path} submit={forms.save}>
        <RightsFields form={rights} registry={model.registry} user={model.user} context={context} />
        <p class="hint">{people.users.endsLogins}</p>
      </Form>
      <h2>{people.users.linkTitle}</h2>
      <p class="hint">
        {people.users.linkHint}
        {model.user.hasSecondFactor ? ` ${people.users.linkEndsSecondFactor}` : null}
      </p>
      <Form
        context={context}
        form={freshForm('link')}
        action={`${path}/link`}
        submit=""
        actions={[{ value: 'link', text: people.users.makeLink, look: 'plain' }]}
      />
    </>
  );
}
