import type { CustomFetch } from 'openid-client';
import { isLoopback } from '../../config/is-loopback.js';

/** Longest answer that is read of a provider, bytes: keys and claims are far shorter. */
const LONGEST_ANSWER = 512 * 1024;

/**
 * The fetch that a directory is asked with: to nobody in the clear but this machine, whatever addresses its documents name,
 * never along a redirect, and no answer longer than ours can be. The signal of the caller bounds the body too.
 */
export const guardedFetch: CustomFetch = async (url, options) => {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' && !isLoopback(hostname)) throw new Error(`${protocol}//${hostname} is not encrypted`);
  const { body, ...more } = options;
  // The library gives a body of form fields or none.
  const answer = await fetch(url, { ...more, ...(body === undefined ? {} : { body: body as BodyInit }) });
  const bytes = answer.body === null ? null : await readBounded(answer.body);
  const { status, statusText, headers } = answer;
  return new Response(status === 204 || status === 304 ? null : bytes, { status, statusText, headers });
};

async function readBounded(body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > LONGEST_ANSWER) throw new Error(`the answer is longer than ${LONGEST_ANSWER} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
