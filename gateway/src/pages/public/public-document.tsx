import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { CATALOGUES } from '../../language/catalogues.js';
import { LANGUAGES, type Language } from '../../registry/registry.js';
import { type PageContext, withLanguage } from '../page-context.js';
import { SmileyShapes } from '../smiley.js';

/** What a public page needs besides its content. */
export interface PublicContext extends PageContext {
  /** May search engines list it? */
  index: boolean;
  /** `https://hymio.example.org`, where known. */
  origin?: string;
}

const OG_LOCALES: Record<Language, string> = { fi: 'fi_FI', sv: 'sv_FI', en: 'en_GB' };

interface DocumentProps {
  context: PublicContext;
  title: string;
  kind: 'page' | 'screen' | 'widget';
  /** Classes of the document: `light`, `dark`, `transparent`. */
  look?: readonly string[];
  head?: ComponentChildren;
  children: ComponentChildren;
}

/** A whole document of the public pages: without navigation, script or cookie of the staff's pages. */
export function renderPublicDocument(props: DocumentProps): string {
  const { context, title, kind, look = [], head, children } = props;
  const { description } = context.messages.publicTexts;
  return `<!doctype html>\n${renderToString(
    <html lang={context.language} class={[kind, ...look].join(' ')}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <meta name="description" content={description} />
        {context.index ? null : <meta name="robots" content="noindex" />}
        <meta property="og:type" content="website" />
        <meta property="og:title" content={title} />
        <meta property="og:description" content={description} />
        <meta property="og:locale" content={OG_LOCALES[context.language]} />
        {context.origin === undefined || kind !== 'page' ? null : (
          <meta
            property="og:url"
            content={new URL(withLanguage(context.path, context.language), context.origin).href}
          />
        )}
        <link rel="icon" href={context.assets.icon} type="image/svg+xml" />
        <link rel="stylesheet" href={context.assets.publicStyle} />
        {head}
      </head>
      <body>
        <SmileyShapes />
        {children}
      </body>
    </html>,
  )}\n`;
}

/** The same page in the other languages. */
export function PublicLanguages({ context }: { context: PublicContext }) {
  return (
    <nav aria-label={context.messages.common.languages} class="languages">
      <ul>
        {LANGUAGES.map((one) => (
          <li key={one}>
            <a
              href={withLanguage(context.path, one)}
              lang={one}
              hreflang={one}
              aria-current={one === context.language ? 'true' : undefined}
            >
              {CATALOGUES[one].common.languageName}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
