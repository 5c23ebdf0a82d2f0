import { readFileSync } from 'node:fs';
import { HymioError } from '@hymio/protocol';
import { readTokenText } from '../tokens/token-text.js';

/**
 * The token to show to a gateway: the content of a file, else HYMIO_TOKEN of the environment, else none. Never an argument, which
 * everybody on the machine could read. Error: HymioError `token-unreadable`, which does not tell what was read.
 */
export function readToken(
  file: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const where = file ?? 'HYMIO_TOKEN';
  const text = (file === undefined ? environment['HYMIO_TOKEN'] : readText(file))?.trim();
  if (text === undefined || (text === '' && file === undefined)) return undefined;
  if (readTokenText(text) !== undefined) return text;
  throw new HymioError(
    'token-unreadable',
    `${where} holds no token.`,
    'A token is what `hymio-gateway token create` prints: hymio_ and what follows, and nothing else.',
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const next = 'Name a file that this user can read with --token-file.';
    throw new HymioError('token-unreadable', `${file} cannot be read: ${why}.`, next, { cause });
  }
}
