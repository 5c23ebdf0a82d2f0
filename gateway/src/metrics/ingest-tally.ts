import type { ClockQuality } from '@hymio/protocol';
import type { AnsweredArrival, IngestObserver } from '../ingest/ingest-observer.js';
import { TallyHistogram } from './tally-histogram.js';

/** Seconds, for what should take milliseconds. */
export const QUICK_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** From a press that goes at once to one of a terminal that was cut off for a week. */
const LAG_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 3_600, 21_600, 86_400, 604_800];
const BATCH_PRESSES = [1, 2, 5, 10, 25, 50, 100, 250, 500];
const GROUP_MESSAGES = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000];

/** What ingest does, counted as it happens: additions and nothing else. */
export class IngestTally implements IngestObserver {
  /** Presses stored since the start, by how their time is known. */
  readonly presses: Record<ClockQuality, number> = { synced: 0, corrected: 0, estimated: 0 };
  /** Transactions that were not carried out, by code; these are there from the start. */
  readonly failures = new Map(['store-full', 'store-unwritable', 'store-corrupt', 'internal'].map((code) => [code, 0]));
  readonly #pressLag = new TallyHistogram(
    'hymio_press_lag_seconds',
    'From the press until it was stored; only presses whose time is not estimated.',
    LAG_SECONDS,
  );
  readonly #ackSeconds = new TallyHistogram(
    'hymio_ack_latency_seconds',
    'From the receipt of a batch until its ack was handed to the broker, after the COMMIT.',
    QUICK_SECONDS,
  );
  readonly #batchPresses = new TallyHistogram(
    'hymio_batch_presses',
    'Presses in one message of a terminal.',
    BATCH_PRESSES,
  );
  readonly #commitSeconds = new TallyHistogram(
    'hymio_commit_duration_seconds',
    'One transaction of the store.',
    QUICK_SECONDS,
  );
  readonly #commitMessages = new TallyHistogram(
    'hymio_commit_messages',
    'Messages in one transaction of the store.',
    GROUP_MESSAGES,
  );

  committed(messages: number, durationMs: number): void {
    this.#commitSeconds.observe(durationMs / 1000);
    this.#commitMessages.observe(messages);
  }

  commitFailed(code: string): void {
    this.failures.set(code, (this.failures.get(code) ?? 0) + 1);
  }

  answered({ arrival, outcome, answerMs, committedAt }: AnsweredArrival): void {
    if (arrival.kind !== 'presses') return;
    this.#batchPresses.observe(arrival.message.presses.length);
    if (outcome.acks.length > 0) this.#ackSeconds.observe(answerMs / 1000);
    for (const { clock, at } of outcome.presses) {
      this.presses[clock] += 1;
      // A clock that is known to the millisecond may still be ahead of ours by some.
      if (clock !== 'estimated') this.#pressLag.observe(Math.max(0, committedAt - at) / 1000);
    }
  }

  /** The histograms in Prometheus' text format. */
  text(): string {
    return [this.#pressLag, this.#ackSeconds, this.#batchPresses, this.#commitSeconds, this.#commitMessages]
      .map((histogram) => histogram.text())
      .join('\n');
  }
}
