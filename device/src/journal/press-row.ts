import { crc32 } from 'node:zlib';
import { isRating } from '@hymio/protocol';
import type { JournalPress, NewPress } from './journal.js';

/** Presses of one epoch share the upper part of the row id; the lower 32 bits are the seq. */
const SEQ_SPAN = 2 ** 32;
/** Most openings of one journal file: ids stay exact in a double. */
export const MAX_EPOCH_NO = 2 ** 20;

/** A press as it lies in the table `press`. Flags: rating in bits 0–1, then those below. */
export interface PressRow {
  id: number;
  at: number;
  boot_ms: number;
  flags: number;
  acked: number;
  crc: number;
}

const SYNCED = 4;
const CHATTERING = 8;
const AGE_IS_MINIMUM = 16;

export function rowId(epochNo: number, seq: number): number {
  return epochNo * SEQ_SPAN + seq;
}

export function epochNoOf(id: number): number {
  return Math.floor(id / SEQ_SPAN);
}

export function seqOf(id: number): number {
  return id % SEQ_SPAN;
}

/**
 * The row of a press. The CRC-32 covers epoch, number, times and rating, so that flipped bits that leave the file's
 * structure intact are noticed too.
 */
export function encodePress(epoch: string, epochNo: number, seq: number, press: NewPress, acked: number): PressRow {
  const at = Math.round(press.at);
  const boot_ms = Math.round(press.bootMs);
  const flags =
    press.rating +
    (press.synced ? SYNCED : 0) +
    (press.chattering ? CHATTERING : 0) +
    (press.ageIsMinimum ? AGE_IS_MINIMUM : 0);
  // One object and no copies: a customer waits for it.
  return { id: rowId(epochNo, seq), at, boot_ms, flags, acked, crc: checksum(epoch, seq, at, boot_ms, flags, acked) };
}

/** The press of a row, or null where the row is not what was written. */
export function decodePress(epoch: string, row: PressRow): JournalPress | null {
  const rating = row.flags & 3;
  if (!isRating(rating) || row.crc !== checksum(epoch, seqOf(row.id), row.at, row.boot_ms, row.flags, row.acked))
    return null;
  return {
    seq: seqOf(row.id),
    rating,
    at: row.at,
    bootMs: row.boot_ms,
    synced: (row.flags & SYNCED) !== 0,
    ...((row.flags & CHATTERING) === 0 ? {} : { chattering: true }),
    ...((row.flags & AGE_IS_MINIMUM) === 0 ? {} : { ageIsMinimum: true }),
  };
}

function checksum(epoch: string, seq: number, at: number, bootMs: number, flags: number, acked: number): number {
  return crc32(`${epoch} ${seq} ${at} ${bootMs} ${flags} ${acked}`);
}
