import type { Arrival, Outcome } from '../store/store.js';

/** One message with what became of it, after the COMMIT and after the answer to its terminal. */
export interface AnsweredArrival {
  arrival: Arrival;
  outcome: Outcome;
  /** From its receipt until its acks were handed to the broker, ms. */
  answerMs: number;
  /** UTC ms. */
  committedAt: number;
}

/** Hears how ingest gets on. Called on the hot path: it must be quick, must not wait and must not throw. */
export interface IngestObserver {
  /** A transaction with so many messages is on disk. */
  committed(messages: number, durationMs: number): void;
  answered(answered: AnsweredArrival): void;
  /** A transaction was not carried out; `code`: of the store's error, or `internal`. */
  commitFailed(code: string): void;
}

/** Hears nothing. */
export const NO_INGEST_OBSERVER: IngestObserver = {
  committed: () => undefined,
  answered: () => undefined,
  commitFailed: () => undefined,
};
