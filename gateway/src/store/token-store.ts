import type { Actor } from '../exclusions/exclusion.js';
import type { ApiToken, ApiTokenRequest } from '../tokens/api-token.js';

/** What a store keeps of the tokens of programs: never the secret, only its hash. Times are UTC ms. */
export interface TokenStore {
  /**
   * Makes a token and leaves a line in the log of changes. `hash`: of its secret. Errors: HymioError `token-name-taken`,
   * `unknown-group`.
   */
  create(request: ApiTokenRequest & { hash: string }, by: Actor): Promise<ApiToken>;
  /** From now on it is refused; it stays in the list. Leaves a line in the log. Error: HymioError `unknown-token`. */
  revoke(name: string, by: Actor): Promise<ApiToken>;
  /** Calls with the number of each that is revoked, once it is; not after the returned function was called. */
  onRevoked(listener: (id: number) => void): () => void;
  /** All that were ever made, by id. */
  list(): Promise<ApiToken[]>;
  /** One with the hash of its secret, revoked or not. */
  find(id: number): Promise<{ token: ApiToken; hash: string } | undefined>;
  /** Somebody came with it. */
  noteUse(id: number, at: number): Promise<void>;
}
