import { fileURLToPath } from 'node:url';
import { explainError } from '@hymio/protocol';
import { checkMachine } from './check-machine.js';
import { endWithStarter, ownFolder, runInOwnNamespace } from './own-namespace.js';
import { type PowerCutsOptions, readPowerCutsOptions, USAGE } from './power-cuts-options.js';
import { powerError } from './power-error.js';

/** Debian keeps tools for disks where the PATH of an ordinary user does not look. */
const ALSO = '/usr/local/sbin:/usr/sbin:/sbin';

async function main(args: readonly string[]): Promise<number> {
  const options = readPowerCutsOptions(args);
  if (options.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  process.env['PATH'] = `${process.env['PATH'] ?? ''}:${ALSO}`;
  const folder = ownFolder();
  if (folder !== undefined) return inside(folder, options);
  checkMachine();
  const seeded = args.includes('--seed') ? args : [...args, '--seed', String(options.seed)];
  return runInOwnNamespace(fileURLToPath(import.meta.url), seeded);
}

async function inside(folder: string, options: PowerCutsOptions): Promise<number> {
  endWithStarter(() => {
    const error = powerError('power-cuts-interrupted', 'Interrupted; nothing is left behind.', 'Run it again.');
    process.stderr.write(`power-cuts: ${explainError(error)}\n`);
    // The kernel takes back mounts, loop devices and processes.
    process.exit(130);
  });
  process.stdout.write(`power cuts, seed ${options.seed}\n`);
  // Loads all that there is: not needed to say what is missing.
  const { runPowerCuts } = await import('./run-power-cuts.js');
  await runPowerCuts(folder, options, (line) => process.stdout.write(`${line}\n`));
  return 0;
}

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`power-cuts: ${explainError(error)}\n`);
  process.exit(1);
}
