import { HymioError } from '@hymio/protocol';
import { faultLines, type RegistryFault } from './registry-fault.js';

/** A change of the registry that is refused, with everything that is wrong about it. */
export class RegistryRefusal extends HymioError {
  readonly faults: readonly RegistryFault[];

  constructor(
    code: 'registry-contradiction' | 'registry-refused' | 'changed-meanwhile',
    faults: readonly RegistryFault[],
  ) {
    super(code, MESSAGES[code](faultLines(faults)), NEXT[code]);
    this.faults = faults;
  }
}

const MESSAGES = {
  'registry-contradiction': (lines: string) => `The registry file contradicts itself or the registry: ${lines}`,
  'registry-refused': (lines: string) => `The change was refused: ${lines}`,
  'changed-meanwhile': (lines: string) => lines,
};
const NEXT = {
  'registry-contradiction': 'Mend the file and import it again; nothing of it was taken over.',
  'registry-refused': 'Correct it and try again; nothing was changed.',
  'changed-meanwhile': 'Look at what it is now, and change it again where that is still right.',
};

/** The error of an edit that is refused; code `changed-meanwhile` where somebody else was faster. */
export function registryRefusal(faults: readonly RegistryFault[]): RegistryRefusal {
  const meanwhile = faults.some(({ code }) => code === 'changed-meanwhile' || code === 'gone');
  return new RegistryRefusal(meanwhile ? 'changed-meanwhile' : 'registry-refused', faults);
}

/** The error of an import whose file cannot be true; names every fault. */
export function registryContradiction(faults: readonly RegistryFault[]): RegistryRefusal {
  return new RegistryRefusal('registry-contradiction', faults);
}
