import { writeFileSync } from 'node:fs';
import { HymioError } from '@hymio/protocol';
import { type GatewayConfig, readGatewayConfig } from '../config/gateway-config.js';
import type { Language } from '../registry/registry.js';
import { type ReportFormat, renderWeeklyReport } from '../report/render-weekly-report.js';
import { openSqliteStore } from '../store/sqlite/sqlite-store.js';
import type { Store } from '../store/store.js';

export interface ReportWeeklyOptions {
  config: string;
  week: string;
  servicePoint?: string;
  format: ReportFormat;
  lang: Language;
  out?: string;
}

/** Writes the report of one week to a file or standard output; where the store is served, through its API. */
export async function reportWeekly(options: ReportWeeklyOptions): Promise<void> {
  const text = await makeReport(readGatewayConfig(options.config), options);
  if (options.out === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(options.out, text, { flag: 'wx' });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new HymioError(
      exists ? 'output-exists' : 'output-unwritable',
      exists ? `${options.out} exists already.` : `${options.out} cannot be written: ${String(error)}.`,
      'Choose another --out.',
      { cause: error },
    );
  }
}

async function makeReport(config: GatewayConfig, options: ReportWeeklyOptions): Promise<string> {
  let store: Store;
  try {
    store = await openSqliteStore({ folder: config.data, reads: 'in-thread' });
  } catch (error) {
    if (error instanceof HymioError && error.code === 'store-in-use') return fetchReport(config, options);
    throw error;
  }
  try {
    const { week, servicePoint, format, lang } = options;
    const wanted = { week, format, language: lang, ...(servicePoint === undefined ? {} : { servicePoint }) };
    return await renderWeeklyReport(store, wanted, { zone: config.timezone, now: Date.now() });
  } finally {
    await store.close();
  }
}

async function fetchReport(
  { http }: GatewayConfig,
  { week, servicePoint, format, lang }: ReportWeeklyOptions,
): Promise<string> {
  const host = http.listen.host.includes(':') ? `[${http.listen.host}]` : http.listen.host;
  const url = new URL(`http://${host}:${http.listen.port}/api/v1/reports/weekly/${encodeURIComponent(week)}`);
  url.searchParams.set('format', format);
  url.searchParams.set('lang', lang);
  if (servicePoint !== undefined) url.searchParams.set('service-point', servicePoint);
  const response = await fetch(url);
  const text = await response.text();
  if (response.ok) return text;
  const problem = JSON.parse(text) as { code?: string; detail?: string };
  throw new HymioError(
    problem.code ?? 'report-failed',
    problem.detail ?? `The gateway answered ${response.status}.`,
    '',
  );
}
