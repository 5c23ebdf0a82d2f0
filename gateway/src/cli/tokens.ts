import { randomBytes } from 'node:crypto';
import type { ApiToken, TokenScope } from '../tokens/api-token.js';
import { hashTokenSecret, makeTokenSecret, tokenText } from '../tokens/token-text.js';
import { operate } from './operate.js';
import { printTable } from './print-table.js';
import { whoAsks } from './who-asks.js';

/** Makes a token and prints it alone, so that it can be sent to a file; its secret never leaves this process otherwise. */
export async function createToken(options: {
  config: string;
  name: string;
  scope: TokenScope[];
  group?: string;
}): Promise<void> {
  const { config, name, scope, group } = options;
  const secret = makeTokenSecret(randomBytes);
  const { id } = await operate(config, 'create-token', {
    name,
    scopes: [...new Set(scope)],
    ...(group === undefined ? {} : { group }),
    hash: hashTokenSecret(secret),
    by: whoAsks(),
  });
  process.stderr.write('Keep this token as you keep a password: it is not shown again.\n');
  process.stdout.write(`${tokenText(id, secret)}\n`);
}

/** Prints a line for each token, those that hold first. */
export async function listTokens({ config }: { config: string }): Promise<void> {
  const tokens = await operate(config, 'list-tokens', {});
  const [revoked, held] = [true, false].map((gone) => tokens.filter((one) => (one.revokedAt !== undefined) === gone));
  const head = ['NAME', 'SCOPES', 'GROUP', 'MADE', 'BY', 'LAST USED', ''];
  const rows = [head, ...[...(held ?? []), ...(revoked ?? [])].map(cells)];
  printTable(rows);
}

/** From now on the token is refused. Error: HymioError `unknown-token`. */
export async function revokeToken(name: string, { config }: { config: string }): Promise<void> {
  await operate(config, 'revoke-token', { name, by: whoAsks() });
  process.stdout.write(`token ${name} revoked\n`);
}

function cells({ name, scopes, group, createdAt, createdBy, lastUsedAt, revokedAt }: ApiToken): string[] {
  const [made, used, gone] = [createdAt, lastUsedAt, revokedAt].map((at) =>
    at === undefined ? undefined : minute(at),
  );
  return [
    name,
    scopes.join(','),
    group ?? '(all)',
    made ?? '',
    createdBy,
    used ?? 'never',
    gone === undefined ? '' : `revoked ${gone}`,
  ];
}

/** UTC, to the minute: 2026-11-26T09:15Z */
function minute(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`;
}
