import { readGatewayConfig } from '../config/gateway-config.js';
import { PdfPrinter } from '../pdf/pdf-printer.js';
import type { Language } from '../registry/registry.js';
import { renderWeeklyReport } from '../report/render-weekly-report.js';
import type { ReportFormat } from '../report/report-formats.js';
import type { ReportSubject } from '../report/report-scope.js';
import { openSqliteStore } from '../store/sqlite/sqlite-store.js';

/**
 * The report of a week from the store of a configuration. Reads beside a gateway that serves, without waiting for it and
 * without its help. Errors: those of `renderWeeklyReport`, of the configuration and of opening the store.
 */
export async function* reportOfStore(
  configFile: string,
  wanted: { week: string; format: ReportFormat; language: Language } & ReportSubject,
): AsyncGenerator<string | Uint8Array> {
  const config = readGatewayConfig(configFile);
  const store = await openSqliteStore({ folder: config.data, access: 'read', reads: 'in-thread' });
  const printer = new PdfPrinter();
  try {
    yield (await renderWeeklyReport(store, wanted, { zone: config.timezone, now: Date.now(), printer })).body;
  } finally {
    await printer.stop();
    await store.close();
  }
}
