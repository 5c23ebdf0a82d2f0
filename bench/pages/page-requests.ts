import { get as request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

export interface PageAnswer {
  path: string;
  /** Infinity: not answered. */
  durationMs: number;
  /** As transferred, compressed, heads included. */
  bytes: number;
}

/** One page as a browser asks for it, on a connection of its own. Throws where the answer is not 200. */
export function getPage(http: string, path: string): Promise<PageAnswer> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const headers = { accept: 'text/html', 'accept-encoding': 'gzip, br', connection: 'close' };
    request(`${http}${path}`, { headers, agent: false }, (answer) => {
      answer.resume();
      answer.once('end', () => {
        if (answer.statusCode !== 200) reject(new Error(`${path}: ${answer.statusCode}`));
        else resolve({ path, durationMs: performance.now() - start, bytes: answer.socket?.bytesRead ?? 0 });
      });
      answer.on('error', reject);
    }).on('error', reject);
  });
}

/** Asks for the pages in turn at a rate, whether answered or not, for so many seconds. */
export async function askAtRate(
  http: string,
  paths: readonly string[],
  perSecond: number,
  seconds: number,
): Promise<PageAnswer[]> {
  const answers: Promise<PageAnswer>[] = [];
  const start = performance.now();
  for (let count = 0; count < perSecond * seconds; count += 1) {
    const dueInMs = start + (count * 1_000) / perSecond - performance.now();
    if (dueInMs > 0) await wait(dueInMs);
    const path = paths[count % paths.length] ?? '/';
    answers.push(getPage(http, path).catch(() => ({ path, durationMs: Number.POSITIVE_INFINITY, bytes: 0 })));
  }
  return Promise.all(answers);
}

/** Bytes of a page with everything that it names, without a cache; and the hosts other than its own that it names. */
export async function weighPage(http: string, path: string): Promise<{ bytes: number; foreign: string[] }> {
  const { bytes } = await getPage(http, path);
  const html = await (await fetch(`${http}${path}`, { headers: { accept: 'text/html' } })).text();
  const named = [...html.matchAll(/<(?:link|script|img|iframe)[^>]+(?:href|src)="([^"]+)"/g)].map(([, to = '']) => to);
  const foreign = named.filter((to) => /^([a-z]+:)?\/\//i.test(to));
  const ours = [...new Set(named.filter((to) => to.startsWith('/')))];
  const parts = await Promise.all(ours.map((to) => getPage(http, to.replaceAll('&amp;', '&'))));
  return { bytes: parts.reduce((sum, part) => sum + part.bytes, bytes), foreign };
}
