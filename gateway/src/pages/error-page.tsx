import { renderPage } from './layout.js';
import type { PageContext } from './page-context.js';

/** What a person sees where a page cannot be shown. */
export function errorPage(found: { status: number; detail: string; next: string }, context: PageContext): string {
  const { title, text } = wordsFor(found.status, context.messages.common);
  return renderPage({
    context,
    title,
    children: (
      <>
        <h1>{title}</h1>
        {text === undefined ? null : <p>{text}</p>}
        <p lang="en" class="note">
          {found.detail} {found.next}
        </p>
        <p>
          <a href={context.link('/')}>{context.messages.common.backToOverview}</a>
        </p>
      </>
    ),
  });
}

function wordsFor(status: number, common: PageContext['messages']['common']): { title: string; text?: string } {
  if (status === 404) return { title: common.notFoundTitle, text: common.notFoundText };
  if (status === 429) return { title: common.tooManyTitle, text: common.tooManyText };
  return { title: common.errorTitle };
}
