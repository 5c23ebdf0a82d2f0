import { createHash } from 'node:crypto';
import { type ComponentChildren, Fragment, h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { PageContext } from './page-context.js';

/** Tells one content of a region from another. */
export function regionVersion(html: string): string {
  return createHash('sha256').update(html).digest('hex').slice(0, 10);
}

/**
 * A part of a page that is replaced while it is looked at. Its id is unique on the page. Regions do not lie in each
 * other, and hold no field that somebody may be typing in.
 */
export function LiveRegion(props: {
  id: string;
  context: PageContext;
  as?: 'div' | 'span' | 'tbody' | 'ul';
  class?: string;
  children: ComponentChildren;
}) {
  const { id, context, as: Tag = 'div', children } = props;
  const html = renderToString(h(Fragment, null, children));
  context.regions?.set(id, html);
  return <Tag id={id} class={props.class} data-live={regionVersion(html)} dangerouslySetInnerHTML={{ __html: html }} />;
}

/** When the page was made, a link that makes it anew, and, where the script runs, whether it updates by itself. */
export function LiveStatus({ context }: { context: PageContext }) {
  const { live } = context.messages;
  return (
    <p class="as-of">
      <LiveRegion as="span" id="as-of" context={context}>
        {live.asOf(context.formats.timeWithSeconds(context.now))}
      </LiveRegion>{' '}
      <a href={context.link(context.path)}>{live.refresh}</a>{' '}
      <span id="live" role="status" data-on={live.on} data-off={live.off} />
    </p>
  );
}
