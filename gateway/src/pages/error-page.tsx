import { renderPage } from './layout.js';
import type { PageContext } from './page-context.js';

/** What a person sees where a page cannot be shown. */
export function errorPage(found: { status: number; detail: string; next: string }, context: PageContext): string {
  const { common } = context.messages;
  const missing = found.status === 404;
  return renderPage({
    context,
    title: missing ? common.notFoundTitle : common.errorTitle,
    children: (
      <>
        <h1>{missing ? common.notFoundTitle : common.errorTitle}</h1>
        {missing ? <p>{common.notFoundText}</p> : null}
        <p lang="en" class="note">
          {found.detail} {found.next}
        </p>
        <p>
          <a href={context.link('/')}>{common.backToOverview}</a>
        </p>
      </>
    ),
  });
}
