import type { DurableFiles } from '@hymio/device';
import type { IdentityStore } from '@hymio/gateway';
import type { IdentityTampering } from '@hymio/simulator';

export type IdentityPlantedFault =
  | 'uses a certificate before it is on disk'
  | 'removes the old identity before the new one is there'
  | 'writes the identity where it lies'
  | 'notes an enrolment after its answer'
  | 'forgets to note the certificate of a renewal'
  | 'forgets who was shut out';

/** Flushes nothing. */
const neverFlushes = (files: DurableFiles): DurableFiles => ({
  ...files,
  sync: () => undefined,
  syncFolder: () => undefined,
});

const removesFirst = (files: DurableFiles): DurableFiles => ({
  ...files,
  rename: (from, to) => {
    files.remove(to);
    files.syncFolder('');
    files.rename(from, to);
  },
});

/** Names the file before its content is on disk. */
const writesInPlace = (files: DurableFiles): DurableFiles => {
  let content = '';
  let handles = 0;
  return {
    ...files,
    create: () => {
      handles += 1;
      return handles;
    },
    write: (_, text) => {
      content = text;
    },
    sync: () => undefined,
    close: () => undefined,
    rename: (_, to) => {
      files.remove(to);
      const handle = files.create(to);
      files.syncFolder('');
      files.write(handle, content);
      files.sync(handle);
      files.close(handle);
    },
  };
};

const answersFirst = (store: IdentityStore): IdentityStore => ({
  ...store,
  enrol: async (hash, certificate, by) => {
    store.enrol(hash, certificate, by).catch(() => undefined);
    return { certificate, revoked: [] };
  },
});

/** Broken parts of enrolment and renewal, each with a mistake that someone could make. */
export const PLANTED_IDENTITY_FAULTS: Record<IdentityPlantedFault, IdentityTampering> = {
  'uses a certificate before it is on disk': { files: neverFlushes },
  'removes the old identity before the new one is there': { files: removesFirst },
  'writes the identity where it lies': { files: writesInPlace },
  'notes an enrolment after its answer': { store: answersFirst },
  'forgets to note the certificate of a renewal': {
    store: (store) => ({ ...store, renew: async () => undefined }),
  },
  'forgets who was shut out': { isRevoked: () => false },
};

/** By which broken promise each may be found. */
export const IDENTITY_FOUND_AS: Record<IdentityPlantedFault, readonly string[]> = {
  'uses a certificate before it is on disk': ['used-before-it-is-kept'],
  'removes the old identity before the new one is there': ['identity-lost'],
  'writes the identity where it lies': ['identity-broken', 'identity-lost', 'identity-unreadable'],
  'notes an enrolment after its answer': ['used-though-never-stored', 'not-settled'],
  'forgets to note the certificate of a renewal': ['used-though-never-stored'],
  'forgets who was shut out': ['shut-out-let-in'],
};
