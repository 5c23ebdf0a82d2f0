import { HymioError } from '@hymio/protocol';

/** The error of an import whose file cannot be true; names every fault. */
export function registryContradiction(faults: readonly string[]): HymioError {
  return new HymioError(
    'registry-contradiction',
    `The registry file contradicts itself or the registry: ${faults.join(' ')}`,
    'Mend the file and import it again; nothing of it was taken over.',
  );
}
