import type { AckMessage, StatusMessage } from '@hymio/protocol';
import { MAX_STATUS_EPOCHS } from '@hymio/protocol/plain';

/** What the store knows of an epoch of the terminal whose status came. */
export interface EpochReport {
  mark: number;
  /** Highest lastSeq ever reported; 0: never reported. */
  highestReported: number;
  /** The lastSeq of the newest status; 0 where that status no longer listed the epoch. */
  lastReported: number;
}

export interface StatusKnowledge {
  /** Epochs of this terminal: all that the status lists, and all whose mark is below highestReported. */
  epochs: ReadonlyMap<string, EpochReport>;
  /** Of the epochs listed, those known from another terminal: ignored. */
  foreign: ReadonlySet<string>;
  /** The newest status seen from this terminal. */
  newest?: Pick<StatusMessage, 'epoch' | 'uptimeMs'>;
}

export interface StatusDecision {
  acks: AckMessage[];
  /** Retained, or older than one already seen: tells nothing about now, and is never an incident. */
  stale: boolean;
  /** Epochs whose report changed; new ones start with mark 0. */
  reports: Map<string, EpochReport>;
}

/** Presses of an epoch that were reported once, have not arrived, and that the terminal no longer claims to hold. */
export function missingPresses(report: EpochReport): number {
  return Math.max(0, report.highestReported - Math.max(report.mark, report.lastReported));
}

/** Older than a status already seen: same firmware process (its epoch), less uptime. */
export function isOlderStatus(newest: StatusKnowledge['newest'], status: StatusMessage): boolean {
  return newest !== undefined && newest.epoch === status.epoch && status.uptimeMs < newest.uptimeMs;
}

/** What a status means for acknowledgements and for the account of missing presses. */
export function applyStatus(known: StatusKnowledge, status: StatusMessage, retained: boolean): StatusDecision {
  const stale = retained || isOlderStatus(known.newest, status);
  const acks: AckMessage[] = [];
  const reports = new Map<string, EpochReport>();
  const listed = new Set<string>();
  for (const span of status.epochs) {
    if (known.foreign.has(span.epoch)) continue;
    listed.add(span.epoch);
    const before = reports.get(span.epoch) ?? known.epochs.get(span.epoch);
    const mark = before?.mark ?? 0;
    if (span.ackedSeq > mark) acks.push({ epoch: span.epoch, upTo: mark, rewind: true });
    const highestReported = Math.max(before?.highestReported ?? 0, span.lastSeq);
    // A stale report may tell of presses not known yet, but not of what is held now.
    const tells = !stale || before === undefined || span.lastSeq > before.highestReported;
    const lastReported = tells ? span.lastSeq : before.lastReported;
    if (before?.highestReported === highestReported && before.lastReported === lastReported) continue;
    reports.set(span.epoch, { mark, highestReported, lastReported });
  }
  const complete = status.epochs.length < MAX_STATUS_EPOCHS;
  if (!stale && complete) {
    for (const [epoch, before] of known.epochs) {
      if (listed.has(epoch) || before.lastReported === 0 || before.mark >= before.highestReported) continue;
      reports.set(epoch, { mark: before.mark, highestReported: before.highestReported, lastReported: 0 });
    }
  }
  return { acks, stale, reports };
}
