import { operate } from './operate.js';

/** Counts the rollups again and prints how many differed: none should. */
export async function rebuildRollups({ config }: { config: string }): Promise<void> {
  const { buckets, changed } = await operate(config, 'rebuild-rollups', {});
  process.stdout.write(`${buckets} rollups counted again, ${changed} differed\n`);
}
