import type { Actor } from '../../exclusions/exclusion.js';
import type { ApiToken, ApiTokenRequest } from '../../tokens/api-token.js';
import type { TokenStore } from '../token-store.js';
import type { ReadSide } from './read-side.js';
import type { TokenWriter } from './token-rows.js';

/** How it reaches the file. */
export interface TokenAccess {
  write<T>(work: (writer: TokenWriter) => T): T;
  reads: Pick<ReadSide, 'call'>;
}

/** Tokens in the file of a `SqliteStore`. */
export class SqliteTokenStore implements TokenStore {
  private readonly access: TokenAccess;
  private readonly listeners = new Set<(id: number) => void>();

  constructor(access: TokenAccess) {
    this.access = access;
  }

  async create(request: ApiTokenRequest & { hash: string }, by: Actor): Promise<ApiToken> {
    return this.access.write((writer) => writer.create(request, by));
  }

  async revoke(name: string, by: Actor): Promise<ApiToken> {
    const gone = this.access.write((writer) => writer.revoke(name, by));
    for (const listener of this.listeners) listener(gone.id);
    return gone;
  }

  onRevoked(listener: (id: number) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  list(): Promise<ApiToken[]> {
    return this.access.reads.call('tokens');
  }

  find(id: number): Promise<{ token: ApiToken; hash: string } | undefined> {
    return this.access.reads.call('token', id);
  }

  async noteUse(id: number, at: number): Promise<void> {
    this.access.write((writer) => writer.noteUse(id, at));
  }
}
