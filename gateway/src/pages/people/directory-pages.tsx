import type { DirectoryFault } from '../../people/directory/directory-login.js';
import type { Language } from '../../registry/registry.js';
import { renderPage } from '../layout.js';
import type { PageContext } from '../page-context.js';

/** What the operator calls the directory. */
export type DirectoryName = Readonly<Record<Language, string>>;

/** The way to the directory; a link, for a form of ours may not be led to another site. */
export function DirectoryButton({ name, next, context }: { name: DirectoryName; next: string; context: PageContext }) {
  const { directory } = context.messages;
  const query = next === '/' ? '' : `?${new URLSearchParams({ next })}`;
  return (
    <p class="actions">
      <a class="button" href={context.link(`/login/directory${query}`)}>
        {directory.logInBy(name[context.language])}
      </a>
    </p>
  );
}

/** Why a login by the directory did not succeed, and what to do. */
export function directoryFaultPage(fault: DirectoryFault, context: PageContext): string {
  const { directory } = context.messages;
  const title = fault.kind === 'no-role' ? directory.noRoleTitle : directory.failedTitle;
  return renderPage({
    context,
    title,
    children: (
      <>
        <h1>{title}</h1>
        <FaultText fault={fault} context={context} />
        <p>
          <a href={context.link('/login')}>{directory.backToLogin}</a>
        </p>
      </>
    ),
  });
}

function FaultText({ fault, context }: { fault: DirectoryFault; context: PageContext }) {
  const { directory } = context.messages;
  switch (fault.kind) {
    case 'unreachable':
      return <p>{directory.unreachable}</p>;
    case 'begin-anew':
      return <p>{directory.beginAnew}</p>;
    case 'refused':
      return (
        <>
          <p>{directory.refused}</p>
          <p class="note">{fault.words}</p>
        </>
      );
    case 'no-role':
      return (
        <>
          <p>{directory.noRole(fault.name)}</p>
          <p>{directory.noRoleNext}</p>
        </>
      );
  }
}

/** On the way to where one logs out of the directory too; the browser goes there by itself. */
export function loggedOutPage(address: string, name: DirectoryName, context: PageContext): string {
  const { directory, people } = context.messages;
  return renderPage({
    context,
    title: people.logOut,
    children: (
      <>
        <h1>{people.logOut}</h1>
        <p>{directory.loggedOutHere}</p>
        <p>
          <a href={address}>{directory.logOutThere(name[context.language])}</a>
        </p>
      </>
    ),
  });
}
