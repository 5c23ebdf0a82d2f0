import type { EpochSpan, Rating } from '@hymio/protocol';
import type { PanelNumber } from './known-numbers.js';

/** What is known of a press at the moment it is made. */
export interface NewPress {
  rating: Rating;
  /** Wall time, UTC ms. */
  at: number;
  /** CLOCK_BOOTTIME, ms. */
  bootMs: number;
  /** Was the wall clock synchronised then? */
  synced: boolean;
  /** The contact chattered: the press may be none. */
  chattering?: true;
  /** `at` and `bootMs` are the latest times possible: the panel was without power since and cannot tell for how long. */
  ageIsMinimum?: true;
}

/** A press to be kept; `numbered` where its panel repeats it until it is told that it was kept. */
export interface PressToKeep extends NewPress {
  numbered?: PanelNumber | undefined;
}

/** A press as the journal holds it; `seq` is its number within the epoch. */
export interface JournalPress extends NewPress {
  seq: number;
}

/** What the journal knows of one opening, for the times of its presses. */
export interface EpochFacts {
  epoch: string;
  bootId: string;
  /** Wall time minus boot time, ms, once this boot was seen synchronised; undefined while it never was. */
  offsetMs: number | undefined;
  /** Boot time of the opening and the latest boot time known of it, ms. */
  openedBootMs: number;
  lastBootMs: number;
  /** Connected time that this boot has waited for a sync so far, ms. */
  waitedMs: number;
}

/**
 * The terminal's book of presses. Every opening is an epoch of its own. Synchronous: `keep` returns when the press is
 * on disk. Errors: HymioError with code `journal-full`, `journal-unwritable`, `journal-corrupt`.
 */
export interface Journal {
  /** The epoch that takes new presses. */
  readonly epoch: string;
  /** Commits one press durably and returns its seq; its panel's number is committed with it, so that `knows` it. */
  keep(press: PressToKeep): number;
  /** A press with this number was kept already, here or in an earlier epoch. */
  knows(numbered: PanelNumber): boolean;
  /** Epochs that hold presses, oldest first. */
  spans(): EpochSpan[];
  /** Facts of all epochs known, oldest first, the current one included. */
  facts(): EpochFacts[];
  /** Presses firstSeq … firstSeq+count−1; null for one that cannot be read or was set aside. */
  read(epoch: string, firstSeq: number, count: number): (JournalPress | null)[];
  /**
   * Remembers the gateway's mark. It reaches the disk with the next press, or by `flush`. May go back (rewind): where
   * what was noted for `forget` falls with it, that is written at once, or a crash would bring it back.
   */
  acknowledge(epoch: string, upTo: number): void;
  /** Marks a press as refused by the gateway: kept here, sent as null. */
  setAside(epoch: string, seq: number, reason: string): void;
  /** How many presses were set aside. */
  setAsideCount(): number;
  /** Notes that this boot's clock was seen synchronised: wall = boot + offsetMs. */
  noteOffset(offsetMs: number): void;
  /** Notes the connected time waited for a sync in this boot. */
  noteWaited(waitedMs: number): void;
  /** Notes, once a day at most, that what is acknowledged is so at `now` (UTC ms): for `forget`. Writes the marks as well. */
  noteAcknowledged(now: number): void;
  /** Deletes presses that were made and noted as acknowledged before `before` (UTC ms); returns how many. */
  forget(before: number): number;
  /** Writes what only memory holds. */
  flush(): void;
  close(): void;
}
