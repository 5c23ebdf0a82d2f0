import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './set-up/root.mjs';
import { say } from './set-up/say.mjs';
import { ensureSetUp, reportSetUpError } from './set-up.mjs';

/** Writes the AsyncAPI document of the wire format, made from the schemas, to where it is read. */
async function writeAsyncApi() {
  await ensureSetUp();
  const { asyncApiDocument } = await import('@hymio/protocol/asyncapi');
  const file = join(ROOT, 'docs/protocol/asyncapi.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(asyncApiDocument(), null, 2)}\n`);
  say(`Wrote ${file}`);
}

await writeAsyncApi().catch(reportSetUpError);
