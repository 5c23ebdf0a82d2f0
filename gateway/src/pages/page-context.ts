import { type Words, words } from '../language/words.js';
import { needOfAddress } from '../people/page-access.js';
import { hasRole, type Role } from '../people/user.js';
import type { Language } from '../registry/registry.js';

export interface AssetLinks {
  styleSheet: string;
  liveScript: string;
  /** Of the pages that everybody may see. */
  publicStyle: string;
  publicScript: string;
  icon: string;
}

/** Who looks at a page: somebody who is logged in, or somebody who would have to be. */
export type PageViewer = { kind: 'outsider' } | { kind: 'person'; role: Role; whole: boolean; displayName: string };

/** What a page needs besides its own content. */
export interface PageContext extends Words {
  /** UTC ms. */
  now: number;
  /** Path and query of this page without `lang`. */
  path: string;
  /** Where the contents of `LiveRegion`s are put, by id, for who keeps the page up to date. */
  regions?: Map<string, string>;
  /** What the form that led here has done. */
  notice?: string;
  /** Alerts that are open and that nobody has acknowledged; absent where nothing is known of alerts. */
  openAlerts?: number;
  /** Absent: nobody has to say who they are, and everybody may do everything. */
  viewer?: PageViewer;
  /** Who filled in the last form. */
  by?: string;
  /** Addresses of our own style sheet, script and icon. */
  assets: AssetLinks;
  /** A file that is read away from the gateway: the style sheet's text goes into it, what leads to the gateway does not. */
  standalone?: { style: string };
  /** An address of ours that keeps the language, where it was chosen in the address. */
  link(path: string): string;
}

export function pageContext(wanted: {
  language: Language;
  /** The language was chosen in the address and must stay chosen. */
  chosen: boolean;
  zone: string;
  now: number;
  path: string;
  assets: PageContext['assets'];
}): PageContext {
  const { language, chosen, zone, now, path, assets } = wanted;
  return {
    ...words(language, zone),
    now,
    path,
    assets,
    link: (to) => (chosen ? withLanguage(to, language) : to),
  };
}

/** The same address in another language. */
export function withLanguage(path: string, language: Language): string {
  const [bare = '', fragment] = path.split('#', 2);
  const address = `${bare}${bare.includes('?') ? '&' : '?'}lang=${language}`;
  return fragment === undefined ? address : `${address}#${fragment}`;
}

/** May who looks at the page open this address of ours, or send a form there? */
export function mayUse({ viewer }: Pick<PageContext, 'viewer'>, method: 'GET' | 'POST', address: string): boolean {
  const need = needOfAddress(method, address);
  if (viewer === undefined || need === 'everybody') return true;
  if (viewer.kind === 'outsider' || need === undefined) return false;
  return hasRole(viewer.role, need.role) && (need.whole !== true || viewer.whole);
}
