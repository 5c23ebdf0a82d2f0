/** When these messages are made. */
export const NOW = Date.now();
const HOUR_MS = 3_600_000;
/** A press `index` minutes into an hour of yesterday: never a repeat of another. */
export const press = (index: number, rating = 3) => ({
  at: NOW - 24 * HOUR_MS + index * 60_000,
  rating,
  clock: 'synced',
});
/** `count` presses from `firstSeq` on. */
export const batch = (epoch: string, firstSeq: number, count: number, oldestSeq = 1) => ({
  epoch,
  firstSeq,
  oldestSeq,
  presses: Array.from({ length: count }, (_, index) => press(firstSeq + index)),
});
/** What a status says of one epoch. */
export const span = (epoch: string, oldestSeq: number, lastSeq: number, ackedSeq: number) => ({
  epoch,
  oldestSeq,
  lastSeq,
  ackedSeq,
});
/** A status, as the wire format wants it. */
export const status = (epoch: string, epochs: object[], uptimeMs: number, more: object = {}) => ({
  sentAt: NOW,
  firmware: 'by hand',
  epoch,
  epochs,
  pending: 0,
  clock: 'synced',
  uptimeMs,
  faults: [],
  hardware: {},
  ...more,
});
