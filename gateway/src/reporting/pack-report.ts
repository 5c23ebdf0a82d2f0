import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { WeeklyReport } from '../report/report-document.js';

/** Of the document: another one has fields that older programs do not know, or lacks some. */
const DOCUMENT_VERSION = 1;

/** A report's document as it is kept: JSON with its version, compressed. */
export async function packReport(report: WeeklyReport): Promise<Uint8Array> {
  return promisify(gzip)(JSON.stringify({ version: DOCUMENT_VERSION, report }));
}

/** The same document again. Fields that a later version added must get a value here where an older document lacks them. */
export async function unpackReport(packed: Uint8Array): Promise<WeeklyReport> {
  const { report }: { report: WeeklyReport } = JSON.parse((await promisify(gunzip)(packed)).toString('utf8'));
  return report;
}
