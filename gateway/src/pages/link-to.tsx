import type { ComponentChildren } from 'preact';
import { mayUse, type PageContext } from './page-context.js';

/** The way to a page, for who may open it; nothing for others. */
export function LinkTo({ context, to, children }: { context: PageContext; to: string; children: ComponentChildren }) {
  return mayUse(context, 'GET', to) ? <a href={context.link(to)}>{children}</a> : null;
}
