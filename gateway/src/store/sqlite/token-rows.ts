import type { Actor } from '../../exclusions/exclusion.js';
import type { Registry } from '../../registry/registry.js';
import { type ApiToken, type ApiTokenRequest, checkTokenRequest, tokenNamed } from '../../tokens/api-token.js';
import { logChanges } from './change-log-rows.js';
import type { Db } from './database.js';

interface Row {
  id: number;
  name: string;
  scopes: string;
  group: string | null;
  createdAt: number;
  createdBy: string;
  lastUsedAt: number | null;
  revokedAt: number | null;
}
const COLUMNS = `id, name, scopes, "group", created_at AS createdAt, created_by AS createdBy, last_used_at AS lastUsedAt,
  revoked_at AS revokedAt`;

/** By id. */
export function readTokens(db: Db): ApiToken[] {
  return db.prepare<[], Row>(`SELECT ${COLUMNS} FROM api_tokens ORDER BY id`).all().map(toToken);
}

export function readToken(db: Db, id: number): { token: ApiToken; hash: string } | undefined {
  const row = db
    .prepare<[number], Row & { hash: string }>(`SELECT ${COLUMNS}, hash FROM api_tokens WHERE id = ?`)
    .get(id);
  return row === undefined ? undefined : { token: toToken(row), hash: row.hash };
}

function toToken({ id, name, scopes, group, createdAt, createdBy, lastUsedAt, revokedAt }: Row): ApiToken {
  return {
    ...{ id, name, scopes: JSON.parse(scopes), createdAt, createdBy },
    ...(group !== null && { group }),
    ...(lastUsedAt !== null && { lastUsedAt }),
    ...(revokedAt !== null && { revokedAt }),
  };
}

/** Writes of tokens, within a transaction. */
export class TokenWriter {
  private readonly db: Db;
  private readonly registry: Registry;

  constructor(db: Db, registry: Registry) {
    this.db = db;
    this.registry = registry;
  }

  create({ hash, name, scopes, group }: ApiTokenRequest & { hash: string }, { who, at }: Actor): ApiToken {
    const request = { name, scopes, ...(group !== undefined && { group }) };
    checkTokenRequest(request, { tokens: readTokens(this.db), groups: this.registry.groups });
    const { lastInsertRowid } = this.db
      .prepare('INSERT INTO api_tokens (name, scopes, "group", hash, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?)')
      .run(name, JSON.stringify(scopes), group ?? null, hash, at, who);
    const after: ApiToken = { id: Number(lastInsertRowid), ...request, createdAt: at, createdBy: who };
    this.log('create-token', { after }, { who, at });
    return after;
  }

  revoke(name: string, { who, at }: Actor): ApiToken {
    const before = tokenNamed(name, readTokens(this.db));
    this.db.prepare('UPDATE api_tokens SET revoked_at = ? WHERE id = ?').run(at, before.id);
    const after = { ...before, revokedAt: at };
    this.log('revoke-token', { before, after }, { who, at });
    return after;
  }

  noteUse(id: number, at: number): void {
    this.db.prepare('UPDATE api_tokens SET last_used_at = max(coalesce(last_used_at, 0), ?) WHERE id = ?').run(at, id);
  }

  private log(what: string, change: { before?: ApiToken; after: ApiToken }, by: Actor): void {
    const subject = { kind: 'api-token', id: change.after.name } as const;
    logChanges(this.db, [{ subject, ...change }], by, { what });
  }
}
