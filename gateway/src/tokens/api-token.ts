import { HymioError } from '@hymio/protocol/plain';

/** What a token lets a program read, or ask of terminals; `admin`: who changed what, and what is desired of terminals. */
export const TOKEN_SCOPES = [
  'aggregates:read',
  'reports:read',
  'presses:read',
  'terminals:read',
  'terminals:command',
  'admin',
] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** What a token is to be. */
export interface ApiTokenRequest {
  /** What it is called; no two that hold have the same name. */
  name: string;
  scopes: TokenScope[];
  /** Only what concerns this group and those below it; absent: everything. */
  group?: string;
}

/** A token as it may be shown; times are UTC ms. */
export interface ApiToken extends ApiTokenRequest {
  id: number;
  createdAt: number;
  createdBy: string;
  /** At most an hour old. */
  lastUsedAt?: number;
  revokedAt?: number;
}

/** Throws where a token cannot be made. Codes: `unknown-group`, `token-name-taken`. */
export function checkTokenRequest(
  { name, group }: ApiTokenRequest,
  { tokens, groups }: { tokens: readonly ApiToken[]; groups: readonly { id: string }[] },
): void {
  if (group !== undefined && !groups.some(({ id }) => id === group)) {
    throw new HymioError('unknown-group', `There is no group ${JSON.stringify(group)}.`, 'Name one that exists.');
  }
  if (tokens.some((token) => token.name === name && token.revokedAt === undefined)) {
    throw new HymioError(
      'token-name-taken',
      `There is a token named ${name} already.`,
      'Choose another name, or revoke that one first with `hymio-gateway token revoke`.',
    );
  }
}

/** The token of a name that holds. Error: HymioError `unknown-token`. */
export function tokenNamed(name: string, tokens: readonly ApiToken[]): ApiToken {
  const found = tokens.find((token) => token.name === name && token.revokedAt === undefined);
  if (found !== undefined) return found;
  throw new HymioError(
    'unknown-token',
    `There is no token named ${name}.`,
    '`hymio-gateway token list` shows those that hold.',
  );
}
