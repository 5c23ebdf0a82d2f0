import { AsyncLocalStorage } from 'node:async_hooks';
import type { Registry } from '../../registry/registry.js';
import { type Sight, sightOfGroups } from './sight.js';

/**
 * For whom the code that runs works now. It goes along with what a request begins, so that no page and no address has to
 * think of handing it on: what they read shows nothing else.
 */
export class Sights {
  readonly #current = new AsyncLocalStorage<{ groups: readonly string[] | undefined }>();
  readonly #registry: () => Promise<Registry>;

  /** `registry`: all of it. */
  constructor(registry: () => Promise<Registry>) {
    this.#registry = registry;
  }

  /** Runs `work` for somebody limited to these groups; undefined: not limited, whatever it is run from. */
  run<T>(groups: readonly string[] | undefined, work: () => T): T {
    // Nothing is limited and nothing is to be: from the first context on, Node follows every promise of the process, ingest's too.
    if (groups === undefined && this.#current.getStore() === undefined) return work();
    return this.#current.run({ groups }, work);
  }

  /** What may be seen now; undefined: everything. */
  async now(): Promise<Sight | undefined> {
    const groups = this.#current.getStore()?.groups;
    return groups === undefined ? undefined : sightOfGroups(await this.#registry(), groups);
  }
}
