import { setTimeout } from 'node:timers/promises';
import { HymioError } from '@hymio/protocol';
import type { Language } from '../registry/registry.js';
import { fetchReport } from '../remote/fetch-report.js';
import { readToken } from '../remote/read-token.js';
import type { ReportFormat } from '../report/report-formats.js';
import { writeReport } from './write-report.js';

/** Days are more than any answer takes. */
const LONGEST_PATIENCE_S = 86_400;

export interface ReportWeeklyOptions {
  /** This or `url`. */
  config?: string;
  url?: string;
  tokenFile?: string;
  /** Seconds. */
  timeout: string;
  week: string;
  servicePoint?: string;
  group?: string;
  format: ReportFormat;
  lang: Language;
  out?: string;
}

/**
 * Writes the report of one week to a file or standard output: of a store of this machine, also while it is served, or of a
 * gateway elsewhere by its HTTP API.
 */
export async function reportWeekly(options: ReportWeeklyOptions): Promise<void> {
  const { config, url, tokenFile } = options;
  if (url !== undefined) return writeReport(options, downloadReport(url, options));
  if (tokenFile !== undefined) throw badArguments('--token-file is for --url.', 'Give --url too, or leave it out.');
  if (config !== undefined) return writeReport(options, makeReport(config, options));
  throw badArguments(
    'Whose report is it?',
    'Give --config for the store of this machine, or --url for a gateway elsewhere.',
  );
}

function badArguments(what: string, next: string): HymioError {
  return new HymioError('bad-arguments', what, next);
}

function wantedOf({ week, format, lang, servicePoint, group }: ReportWeeklyOptions) {
  return {
    ...{ week, format, language: lang },
    ...(servicePoint === undefined ? {} : { servicePoint }),
    ...(group === undefined ? {} : { group }),
  };
}

/** Store and printer are loaded once it is known that the report has a place to go, and not where a gateway elsewhere is asked. */
async function* makeReport(config: string, options: ReportWeeklyOptions): AsyncGenerator<string | Uint8Array> {
  const { reportOfStore } = await import('./report-of-store.js');
  yield* reportOfStore(config, wantedOf(options));
}

function downloadReport(url: string, options: ReportWeeklyOptions): AsyncGenerator<Uint8Array> {
  const patienceS = Number(options.timeout);
  if (!(patienceS > 0 && patienceS <= LONGEST_PATIENCE_S)) {
    throw badArguments(
      `--timeout ${options.timeout} is no number of seconds.`,
      `Give one up to ${LONGEST_PATIENCE_S}.`,
    );
  }
  const token = readToken(options.tokenFile, process.env);
  const say = (text: string) => void process.stderr.write(`hymio-gateway: ${text}\n`);
  // A job's mail is to hold what went wrong, not that all went well.
  if (process.stderr.isTTY) say(`asking ${url} for ${options.week}`);
  return fetchReport(
    { ...wantedOf(options), url, ...(token === undefined ? {} : { token }) },
    { fetch, wait: (delayMs) => setTimeout(delayMs), note: say, patienceMs: patienceS * 1_000 },
  );
}
