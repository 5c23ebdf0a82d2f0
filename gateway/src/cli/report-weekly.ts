import { readGatewayConfig } from '../config/gateway-config.js';
import { PdfPrinter } from '../pdf/pdf-printer.js';
import type { Language } from '../registry/registry.js';
import { renderWeeklyReport } from '../report/render-weekly-report.js';
import type { ReportFormat } from '../report/report-formats.js';
import { openSqliteStore } from '../store/sqlite/sqlite-store.js';
import { writeReport } from './write-report.js';

export interface ReportWeeklyOptions {
  config: string;
  week: string;
  servicePoint?: string;
  group?: string;
  format: ReportFormat;
  lang: Language;
  out?: string;
}

/** Writes the report of one week to a file or standard output, also while the store is served. */
export async function reportWeekly(options: ReportWeeklyOptions): Promise<void> {
  await writeReport(options, makeReport(options));
}

/** Reads beside a gateway that serves, without waiting for it and without its help. */
async function* makeReport(options: ReportWeeklyOptions): AsyncGenerator<string | Uint8Array> {
  const config = readGatewayConfig(options.config);
  const store = await openSqliteStore({ folder: config.data, access: 'read', reads: 'in-thread' });
  const printer = new PdfPrinter();
  try {
    const { week, servicePoint, group, format, lang } = options;
    const subject = {
      ...(servicePoint === undefined ? {} : { servicePoint }),
      ...(group === undefined ? {} : { group }),
    };
    const wanted = { week, format, language: lang, ...subject };
    const from = { zone: config.timezone, now: Date.now(), printer };
    yield (await renderWeeklyReport(store, wanted, from)).body;
  } finally {
    await printer.stop();
    await store.close();
  }
}
