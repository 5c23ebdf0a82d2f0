import type { Actor } from '../../exclusions/exclusion.js';
import { type ApiToken, type ApiTokenRequest, checkTokenRequest, tokenNamed } from '../../tokens/api-token.js';
import type { TokenStore } from '../token-store.js';
import { logChanges } from './administer-state.js';
import type { MemoryState } from './memory-state.js';

/** Tokens of a `MemoryStore`. `requireOpen` throws where nothing can be written any more. */
export class MemoryTokenStore implements TokenStore {
  private readonly state: MemoryState;
  private readonly requireOpen: () => void;
  private readonly listeners = new Set<(id: number) => void>();

  constructor(state: MemoryState, requireOpen: () => void) {
    this.state = state;
    this.requireOpen = requireOpen;
  }

  async create({ hash, ...request }: ApiTokenRequest & { hash: string }, { who, at }: Actor): Promise<ApiToken> {
    this.requireOpen();
    const { tokens, registry } = this.state;
    checkTokenRequest(request, { tokens: tokens.map(({ token }) => token), groups: registry.groups });
    const token: ApiToken = { id: tokens.length + 1, ...structuredClone(request), createdAt: at, createdBy: who };
    tokens.push({ token, hash });
    this.log('create-token', { after: token }, { who, at });
    return structuredClone(token);
  }

  async revoke(name: string, { who, at }: Actor): Promise<ApiToken> {
    this.requireOpen();
    const before = tokenNamed(name, await this.list());
    const after = { ...before, revokedAt: at };
    this.put(after);
    this.log('revoke-token', { before, after }, { who, at });
    for (const listener of this.listeners) listener(after.id);
    return structuredClone(after);
  }

  onRevoked(listener: (id: number) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  async list(): Promise<ApiToken[]> {
    return structuredClone(this.state.tokens.map(({ token }) => token));
  }

  async find(id: number): Promise<{ token: ApiToken; hash: string } | undefined> {
    return structuredClone(this.state.tokens.find(({ token }) => token.id === id));
  }

  async noteUse(id: number, at: number): Promise<void> {
    this.requireOpen();
    const found = await this.find(id);
    if (found !== undefined) this.put({ ...found.token, lastUsedAt: Math.max(found.token.lastUsedAt ?? 0, at) });
  }

  private put(token: ApiToken): void {
    this.state.tokens = this.state.tokens.map((one) => (one.token.id === token.id ? { ...one, token } : one));
  }

  private log(what: string, change: { before?: ApiToken; after: ApiToken }, by: Actor): void {
    const subject = { kind: 'api-token', id: change.after.name } as const;
    logChanges(this.state, [{ subject, ...change }], by, { what });
  }
}
