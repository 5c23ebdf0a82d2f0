import { parseArgs } from 'node:util';
import { powerError } from './power-error.js';

export interface PowerCutsOptions {
  /** Cuts by part. */
  terminal: number;
  gateway: number;
  both: number;
  /** Most cuts of each special moment. */
  moments: number;
  /** Only special moments with this in their name. */
  only: string;
  seed: number;
  help: boolean;
}

export const USAGE = `npm run power-cuts [-- options]   pulls the plug of terminals and gateway for real; as root, on Linux
  --terminal 300   cuts of a terminal
  --gateway 100    cuts of a gateway to which terminals deliver
  --both 50        cuts of both at once
  --moments 40     cuts, at most, in the middle of each special moment: a first start, a damaged journal
                   set aside, a migration, backup, prune, restore, certificates, settings
  --only TEXT      only special moments with this in their name
  --seed N         decides when; printed at every run`;

/** Error: HymioError `power-cuts-options`. */
export function readPowerCutsOptions(args: readonly string[]): PowerCutsOptions {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        terminal: text,
        gateway: text,
        both: text,
        moments: text,
        only: text,
        seed: text,
        help: { type: 'boolean' },
      },
    });
    const {
      terminal = '300',
      gateway = '100',
      both = '50',
      moments = '40',
      only = '',
      seed = String(Math.floor(Math.random() * 2 ** 31)),
    } = values;
    return {
      ...{ terminal: count('terminal', terminal), gateway: count('gateway', gateway), both: count('both', both) },
      ...{ moments: count('moments', moments), only, seed: count('seed', seed), help: values.help === true },
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw powerError('power-cuts-options', message, USAGE);
  }
}

function count(name: string, text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Error(`--${name} ${text} is not a whole number.`);
}
