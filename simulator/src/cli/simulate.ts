import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { HymioError } from '@hymio/protocol';
import { describeReached } from '../deterministic/describe-reached.js';
import { describeFailure } from '../deterministic/describe-seed.js';
import { describeIdentity } from '../deterministic/identity/describe-identity.js';
import { describeIdentities, simulateIdentities } from '../deterministic/identity/simulate-identities.js';
import { describeOffice } from '../deterministic/office/describe-office.js';
import { describeShrunkOffice, shrinkOffice } from '../deterministic/office/shrink-office.js';
import { describeOfficeTally } from '../deterministic/office/simulate-offices.js';
import { type SeedRange, simulateInJobs, simulateOfficeInJobs } from '../deterministic/seed-jobs.js';
import { describeShrunk, shrinkSeed } from '../deterministic/shrink-seed.js';
import { describeTally } from '../deterministic/simulate-seeds.js';
import { IDENTITY_MACHINES, OFFICE_MACHINES, PRESS_MACHINES } from '../deterministic/transitions.js';

/** The first failures are told as small as they can be made; hundreds of the same kind need not be. */
const MOST_SHRUNK = 3;
const DEFAULT_SEEDS = 10_000;
/** Of the office as many as one in so many of the others: it has fewer faults to combine. */
const OFFICE_PART = 4;
/** Of certificates as many as one in so many: it signs with real keys, which takes its time. */
const IDENTITY_PART = 20;

interface Given {
  seeds?: string;
  /** Seeds of the office; `0`: none. */
  office?: string;
  /** Seeds of certificates; `0`: none. */
  identity?: string;
  from?: number;
  jobs?: number;
  /** `--no-shrink` makes it false. */
  shrink: boolean;
  /** Says of every state machine where it was. */
  coverage?: boolean;
}

interface Work {
  jobs: number;
  shrink: boolean;
  coverage: boolean;
}

/** What one of the worlds came to. */
interface Outcome {
  /** For a person. */
  told: string[];
  failed: number[];
  tookMs: number;
}

/** Runs many seeds of the deterministic simulation; exit code 1 where any of them fails. Error: `option-invalid`. */
export async function simulate({
  seeds = String(DEFAULT_SEEDS),
  office,
  identity,
  from = 1,
  jobs = availableParallelism(),
  shrink,
  coverage = false,
}: Given): Promise<void> {
  const range = readRange('--seeds', seeds, from);
  const part = (share: number): string => String(Math.ceil((range.to - range.from + 1) / share));
  const offices = office === '0' ? undefined : readRange('--office', office ?? part(OFFICE_PART), range.from);
  const certificates =
    identity === '0' ? undefined : readRange('--identity', identity ?? part(IDENTITY_PART), range.from);
  if (!Number.isSafeInteger(jobs) || jobs < 1)
    throw invalid(`--jobs ${jobs} is no number of threads.`, 'Give 1 or more.');
  const work = { jobs, shrink, coverage };
  const presses = await simulatePresses(range, work);
  const desk = offices && (await simulateOffice(offices, work));
  const keys = certificates && (await simulateCertificates(certificates, coverage));
  for (const line of [...presses.told, ...(desk?.told ?? []), ...(keys?.told ?? [])]) print(line);
  if (desk !== undefined || keys !== undefined) print(describeTime(presses, desk, keys));
  const failed = {
    'of presses': presses.failed,
    'of the office': desk?.failed ?? [],
    'of certificates': keys?.failed ?? [],
  };
  for (const [what, numbers] of Object.entries(failed)) {
    if (numbers.length === 0) continue;
    print(`failed ${what}: ${numbers.join(', ')}`);
    process.exitCode = 1;
  }
}

async function simulatePresses(range: SeedRange, { jobs, shrink, coverage }: Work): Promise<Outcome> {
  const startMs = performance.now();
  const tally = await simulateInJobs(range, {
    jobs,
    onTally: ({ failed }) => {
      for (const result of failed) print(`${describeFailure(result)}\n`);
    },
  });
  const tookMs = performance.now() - startMs;
  for (const result of shrink ? tally.failed.slice(0, MOST_SHRUNK) : []) {
    print(`${describeShrunk(await shrinkSeed(result))}\n`);
  }
  const told = [describeTally(tally), ...(coverage ? [describeReached(tally.reached, PRESS_MACHINES)] : [])];
  return { told, failed: tally.failed.map(({ plan }) => plan.seed), tookMs };
}

async function simulateOffice(range: SeedRange, { jobs, shrink, coverage }: Work): Promise<Outcome> {
  const startMs = performance.now();
  const tally = await simulateOfficeInJobs(range, {
    jobs,
    onTally: ({ failed }) => {
      for (const result of failed) print(`${describeOffice(result)}\n`);
    },
  });
  const tookMs = performance.now() - startMs;
  for (const result of shrink ? tally.failed.slice(0, MOST_SHRUNK) : []) {
    print(`${describeShrunkOffice(await shrinkOffice(result))}\n`);
  }
  const told = [describeOfficeTally(tally), ...(coverage ? [describeReached(tally.reached, OFFICE_MACHINES)] : [])];
  return { told, failed: tally.failed.map(({ plan }) => plan.seed), tookMs };
}

/** In this thread alone: there are few of them. */
async function simulateCertificates(range: SeedRange, coverage: boolean): Promise<Outcome> {
  const startMs = performance.now();
  const tally = await simulateIdentities(range, (result) => print(`${describeIdentity(result)}\n`));
  const tookMs = performance.now() - startMs;
  const told = [describeIdentities(tally), ...(coverage ? [describeReached(tally.reached, IDENTITY_MACHINES)] : [])];
  return { told, failed: tally.failed.map(({ plan }) => plan.seed), tookMs };
}

function describeTime(presses: Outcome, desk: Outcome | undefined, keys: Outcome | undefined): string {
  const allMs = presses.tookMs + (desk?.tookMs ?? 0) + (keys?.tookMs ?? 0);
  const part = (name: string, of: Outcome | undefined): string[] =>
    of === undefined ? [] : [`${name} ${Math.round(of.tookMs / 1000)} s (${Math.round((100 * of.tookMs) / allMs)} %)`];
  const parts = [
    `presses ${Math.round(presses.tookMs / 1000)} s`,
    ...part('office', desk),
    ...part('certificates', keys),
  ];
  return `time: ${parts.join(', ')}`;
}

/** A count of seeds from the first one, or both ends. */
function readRange(option: string, text: string, first: number): SeedRange {
  const match = /^(\d+)(?:\.\.(\d+))?$/.exec(text);
  const [count, to] = [Number(match?.[1] ?? Number.NaN), match?.[2]];
  const range = to === undefined ? { from: first, to: first + count - 1 } : { from: count, to: Number(to) };
  if (Number.isSafeInteger(range.from) && range.from >= 0 && range.from <= range.to) return range;
  throw invalid(`${option} ${text} is no count and no range.`, 'Write it as 1000, with --from, or as 1..1000.');
}

function invalid(what: string, next: string): HymioError {
  return new HymioError('option-invalid', what, next);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
