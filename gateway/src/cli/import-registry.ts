import { describeIssues, HymioError } from '@hymio/protocol';
import { readYaml } from '../config/gateway-config.js';
import { registryFileSchema } from '../registry/registry-file.js';
import { operate } from './operate.js';
import { whoAsks } from './who-asks.js';

/** Merges a registry file and prints what changed. Errors: `registry-invalid`, `registry-contradiction`. */
export async function importRegistry(registry: string, { config }: { config: string }): Promise<void> {
  const parsed = registryFileSchema.safeParse(readYaml(registry));
  if (!parsed.success) {
    throw new HymioError(
      'registry-invalid',
      `${registry} is not a valid registry file: ${describeIssues(parsed.error)}.`,
      'Correct it and import again; nothing was changed.',
    );
  }
  const { added, changed, unchanged, recounted } = await operate(config, 'import', {
    file: parsed.data,
    by: whoAsks(),
  });
  process.stdout.write(`added ${added}, changed ${changed}, unchanged ${unchanged}\n`);
  if (recounted.length > 0) process.stdout.write(`counted again: ${recounted.join(', ')}\n`);
}
