import { operate } from './operate.js';
import { whoAsks } from './who-asks.js';

/** Counts the rollups again and prints how many differed: none should. */
export async function rebuildRollups({ config }: { config: string }): Promise<void> {
  const { buckets, changed } = await operate(config, 'rebuild-rollups', { by: whoAsks() });
  process.stdout.write(`${buckets} rollups counted again, ${changed} differed\n`);
}
