import type { PageContext } from '../page-context.js';

/** A link that has just been made, on the one page that ever shows it. */
export function NewLink({
  link,
  context,
}: {
  link: { name: string; address: string } | undefined;
  context: PageContext;
}) {
  if (link === undefined) return null;
  return (
    <div class="notice" role="status">
      <p>{context.messages.people.users.linkMade(link.name)}</p>
      <p>
        <code class="long">{link.address}</code>
      </p>
    </div>
  );
}
