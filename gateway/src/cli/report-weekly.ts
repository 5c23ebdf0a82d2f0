import { writeFileSync } from 'node:fs';
import { HymioError } from '@hymio/protocol';
import { type GatewayConfig, readGatewayConfig } from '../config/gateway-config.js';
import type { Language } from '../registry/registry.js';
import { type RenderedReport, type ReportFormat, renderWeeklyReport } from '../report/render-weekly-report.js';
import { openSqliteStore } from '../store/sqlite/sqlite-store.js';

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
  const { body } = await makeReport(readGatewayConfig(options.config), options);
  if (options.out === undefined) {
    process.stdout.write(body);
    return;
  }
  try {
    writeFileSync(options.out, body, { flag: 'wx' });
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

/** Reads beside a gateway that serves, without waiting for it and without its help. */
async function makeReport(config: GatewayConfig, options: ReportWeeklyOptions): Promise<RenderedReport> {
  const store = await openSqliteStore({ folder: config.data, access: 'read', reads: 'in-thread' });
  try {
    const { week, servicePoint, group, format, lang } = options;
    const subject = {
      ...(servicePoint === undefined ? {} : { servicePoint }),
      ...(group === undefined ? {} : { group }),
    };
    const wanted = { week, format, language: lang, ...subject };
    return await renderWeeklyReport(store, wanted, { zone: config.timezone, now: Date.now() });
  } finally {
    await store.close();
  }
}
