import { afterEach, beforeEach, describe } from 'vitest';
import { auditPromises } from './store-audit.js';
import { batchPromises } from './store-batches.js';
import { countPromises } from './store-counts.js';
import { editPromises } from './store-edits.js';
import { exclusionPromises } from './store-exclusions.js';
import { T } from './store-fixtures.js';
import { keepingPromises } from './store-keeping.js';
import type { StoreBench, StoreKind } from './store-kinds.js';
import { publicPromises } from './store-public.js';
import { registryPromises } from './store-registry.js';
import { reportPromises } from './store-reports.js';
import { settingsPromises } from './store-settings.js';
import { statusPromises } from './store-statuses.js';
import { tokenPromises } from './store-tokens.js';

/** What the promises are checked on: a fresh store for each test, and a clock. */
export interface ContractContext {
  readonly bench: StoreBench;
  now: number;
}

/** Every promise of the `Store` interface, for one kind of store. */
export function storeContract(kind: StoreKind): void {
  describe(kind.name, () => {
    let bench: StoreBench | undefined;
    const context: ContractContext = {
      now: T,
      get bench() {
        if (bench === undefined) throw new Error('no store: called outside a test');
        return bench;
      },
    };
    beforeEach(async () => {
      context.now = T;
      bench = await kind.begin(() => context.now);
    });
    afterEach(async () => {
      await bench?.end();
      bench = undefined;
    });
    batchPromises(context);
    statusPromises(context);
    countPromises(context);
    registryPromises(context);
    editPromises(context);
    exclusionPromises(context);
    publicPromises(context);
    reportPromises(context);
    tokenPromises(context);
    settingsPromises(context);
    auditPromises(context);
    keepingPromises(context);
  });
}
