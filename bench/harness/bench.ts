import type { Figure } from './figure.js';

/** What a bench may use of the command line. */
export interface BenchOptions {
  /** Terminals and years of the store that the report bench reads. */
  terminals: number;
  years: number;
  /** Rounds of the ingest bench, in each of which ours and the baseline run in turn. */
  rounds: number;
  /** Seconds of each of its runs. */
  seconds: number;
  /** Terminals of the fleet bench. */
  fleet: number;
  /** How long the soak goes on. */
  minutes: number;
  /** Of everything random. */
  seed: number;
}

export interface BenchResult {
  figures: Figure[];
  /** What a reader of the figures must know. */
  notes: string[];
  plots?: Plot[];
}

/** A picture of a measurement; `name` is that of its file, without ending. */
export interface Plot {
  name: string;
  svg: string;
}

/** A bench measures; it throws only where it could not. */
export interface Bench {
  name: string;
  title: string;
  /** It takes so long that it runs only where it is named. */
  onlyByName?: true;
  /** Why it cannot run here, in words; undefined where it can. */
  obstacle?: () => string | undefined;
  run: (options: BenchOptions, say: (line: string) => void) => Promise<BenchResult>;
}
