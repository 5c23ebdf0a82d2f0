import { type PublicContext, renderPublicDocument } from './public-document.js';

/** Where there is nothing to show: the same for what does not exist and what is not public. */
export function publicNotice(kind: 'missing' | 'unavailable', context: PublicContext): string {
  const { common, publicTexts } = context.messages;
  const title = kind === 'missing' ? common.notFoundTitle : common.errorTitle;
  return renderPublicDocument({
    context: { ...context, index: false },
    kind: 'page',
    title,
    children: (
      <main>
        <h1>{title}</h1>
        <p>{publicTexts[kind]}</p>
      </main>
    ),
  });
}
