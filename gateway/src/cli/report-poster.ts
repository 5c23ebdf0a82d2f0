import { readGatewayConfig } from '../config/gateway-config.js';
import { PdfPrinter } from '../pdf/pdf-printer.js';
import { parsePosterLanguages } from '../report/poster/poster-languages.js';
import { renderPoster } from '../report/poster/render-poster.js';
import { openSqliteStore } from '../store/sqlite/sqlite-store.js';
import { writeReport } from './write-report.js';

export interface ReportPosterOptions {
  config: string;
  /** Default: the last month that is over. */
  month?: string;
  servicePoint: string;
  lang: string;
  out?: string;
}

/** Writes the poster of a service point and a month, also while the store is served. */
export async function reportPoster(options: ReportPosterOptions): Promise<void> {
  await writeReport({ out: options.out, format: 'pdf' }, makePoster(options));
}

async function* makePoster(options: ReportPosterOptions): AsyncGenerator<string | Uint8Array> {
  const { month, servicePoint, lang } = options;
  const languages = parsePosterLanguages(lang);
  const config = readGatewayConfig(options.config);
  const store = await openSqliteStore({ folder: config.data, access: 'read', reads: 'in-thread' });
  const printer = new PdfPrinter();
  try {
    const at = { zone: config.timezone, now: Date.now(), printer };
    yield (await renderPoster(store, { month, servicePoint, languages }, at)).body;
  } finally {
    await printer.stop();
    await store.close();
  }
}
