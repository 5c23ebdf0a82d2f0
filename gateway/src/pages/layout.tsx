import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { CATALOGUES } from '../language/catalogues.js';
import { LANGUAGES } from '../registry/registry.js';
import { LiveRegion } from './live-region.js';
import { mayUse, type PageContext, withLanguage } from './page-context.js';
import { Smiley, SmileyShapes } from './smiley.js';

interface LayoutProps {
  context: PageContext;
  title: string;
  /** Which entry of the navigation this is. */
  current?: 'overview' | 'report' | 'alerts' | 'administration' | 'account';
  /** The page changes while it is looked at. */
  live?: boolean;
  children: ComponentChildren;
}

function Layout({ context, title, current, live = false, children }: LayoutProps) {
  const { language, assets } = context;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Hymiö`}</title>
        <PageStyle context={context} />
        {live ? <script src={assets.liveScript} defer /> : null}
      </head>
      <body>
        <SmileyShapes />
        {context.standalone === undefined ? <SiteHeader context={context} current={current} /> : null}
        <main id="content">
          {context.notice === undefined ? null : (
            <p class="done" role="status">
              {context.notice}
            </p>
          )}
          {children}
        </main>
      </body>
    </html>
  );
}

function PageStyle({ context: { standalone, assets } }: { context: PageContext }) {
  if (standalone !== undefined) return <style dangerouslySetInnerHTML={{ __html: standalone.style }} />;
  return (
    <>
      <link rel="icon" href={assets.icon} type="image/svg+xml" />
      <link rel="stylesheet" href={assets.styleSheet} />
    </>
  );
}

function SiteHeader({ context, current }: { context: PageContext; current: LayoutProps['current'] }) {
  const { common } = context.messages;
  return (
    <header class="site">
      <a class="skip" href="#content">
        {common.skipToContent}
      </a>
      <p class="brand">
        <Smiley rating={3} /> Hymiö
      </p>
      {context.viewer?.kind === 'outsider' ? null : <MainNavigation context={context} current={current} />}
      <PersonLinks context={context} current={current} />
      <LanguageLinks context={context} />
    </header>
  );
}

function MainNavigation({ context, current }: { context: PageContext; current: LayoutProps['current'] }) {
  const { common, alertPages } = context.messages;
  const entries = [
    { key: 'overview', href: context.link('/'), text: common.overview },
    { key: 'alerts', href: context.link('/alerts'), text: alertPages.title },
    ...(mayUse(context, 'GET', '/admin')
      ? [{ key: 'administration', href: context.link('/admin'), text: context.messages.admin.title }]
      : []),
    { key: 'report', href: context.link('/reports/weekly'), text: common.weeklyReport },
  ];
  return (
    <nav aria-label={common.mainNavigation}>
      <ul>
        {entries.map(({ key, href, text }) => (
          <li key={key}>
            <a href={href} aria-current={key === current ? 'page' : undefined}>
              {text}
            </a>
            {key === 'alerts' ? <OpenCount context={context} /> : null}
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Who is logged in, and the way out. */
function PersonLinks({ context, current }: { context: PageContext; current: LayoutProps['current'] }) {
  const { viewer, messages } = context;
  if (viewer?.kind !== 'person') return null;
  return (
    <nav aria-label={messages.people.account} class="person">
      <ul>
        <li>
          <a href={context.link('/account')} aria-current={current === 'account' ? 'page' : undefined}>
            {viewer.displayName}
          </a>
        </li>
        <li>
          <form method="post" action={context.link('/logout')}>
            <button type="submit" class="link">
              {messages.people.logOut}
            </button>
          </form>
        </li>
      </ul>
    </nav>
  );
}

function LanguageLinks({ context }: { context: PageContext }) {
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

/** How many alerts are open, beside the way to them; it changes by itself without being read out. */
function OpenCount({ context }: { context: PageContext }) {
  const { openAlerts, messages, formats } = context;
  if (openAlerts === undefined) return null;
  return (
    <>
      {' '}
      <LiveRegion as="span" id="open-alerts" context={context}>
        {openAlerts === 0 ? null : (
          <span class="count">{messages.alertPages.openCount(openAlerts, formats.count(openAlerts))}</span>
        )}
      </LiveRegion>
    </>
  );
}

/** A whole HTML document. */
export function renderPage(props: LayoutProps): string {
  return `<!doctype html>\n${renderToString(<Layout {...props} />)}\n`;
}
