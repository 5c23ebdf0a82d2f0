import { posix } from 'node:path';

/** Targets of the links and pictures of a Markdown text, outside code. */
export function linksOf(markdown: string): string[] {
  const prose = withoutFences(markdown).replaceAll(/`[^`\n]*`/g, '');
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const referenced = [...prose.matchAll(/^\s*\[[^\]]+\]:\s*<?([^\s>]+)/gm)];
  return [...inline, ...referenced].flatMap(([, target]) => (target === undefined ? [] : [target]));
}

/** The anchors of a Markdown text's headings, as forges make them. */
export function anchorsOf(markdown: string): string[] {
  return [...withoutFences(markdown).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** What to read to see whether links resolve. Paths are relative to the root, with `/`. */
export interface Tree {
  exists: (path: string) => boolean;
  read: (path: string) => string;
}

/** Relative links of the file `path` that lead nowhere. */
export function brokenLinks(path: string, tree: Tree): string[] {
  return linksOf(tree.read(path)).filter((link) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return false;
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : posix.join(posix.dirname(path), decodeURIComponent(file));
    if (target.startsWith('..') || !tree.exists(target)) return true;
    return anchor !== undefined && target.endsWith('.md') && !anchorsOf(tree.read(target)).includes(anchor);
  });
}

function withoutFences(markdown: string): string {
  return markdown.replaceAll(/^\s*(```|~~~)[\s\S]*?^\s*\1/gm, '');
}
