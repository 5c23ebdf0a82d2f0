import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './set-up/root.mjs';
import { say } from './set-up/say.mjs';
import { ensureSetUp, reportSetUpError } from './set-up.mjs';

/** Writes the JSON Schema of the weekly report, made from the gateway's own schema, to where it is read. */
async function writeReportSchema() {
  await ensureSetUp();
  const { REPORT_JSON_SCHEMA } = await import('@hymio/gateway');
  const file = join(ROOT, 'docs/weekly-report.schema.json');
  writeFileSync(file, `${JSON.stringify(REPORT_JSON_SCHEMA, null, 2)}\n`);
  say(`Wrote ${file}`);
}

await writeReportSchema().catch(reportSetUpError);
