import { resolve } from 'node:path';
import { operate } from './operate.js';

/** Writes a copy of the store. */
export async function backup({ config, out }: { config: string; out: string }): Promise<void> {
  const { file } = await operate(config, 'backup', { file: resolve(out) });
  process.stdout.write(`store copied to ${file}\n`);
}
