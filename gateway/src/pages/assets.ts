import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { PageContext } from './page-context.js';

export interface Asset {
  path: string;
  type: string;
  body: Buffer;
}
export interface Assets {
  files: readonly Asset[];
  links: PageContext['assets'];
}

/** Reads our style sheet, script and icon; their addresses change with their content, so that they may be kept. */
export function readAssets(): Assets {
  const read = (name: string, type: string): Asset & { link: string } => {
    const body = readFileSync(new URL(`../../assets/${name}`, import.meta.url));
    const version = createHash('sha256').update(body).digest('hex').slice(0, 12);
    return { path: `/assets/${name}`, type, body, link: `/assets/${name}?v=${version}` };
  };
  const styleSheet = read('hymio.css', 'text/css; charset=utf-8');
  const liveScript = read('live.js', 'text/javascript; charset=utf-8');
  const publicStyle = read('public.css', 'text/css; charset=utf-8');
  const publicScript = read('public-screen.js', 'text/javascript; charset=utf-8');
  const icon = read('icon.svg', 'image/svg+xml');
  return {
    files: [styleSheet, liveScript, publicStyle, publicScript, icon],
    links: {
      styleSheet: styleSheet.link,
      liveScript: liveScript.link,
      publicStyle: publicStyle.link,
      publicScript: publicScript.link,
      icon: icon.link,
    },
  };
}
