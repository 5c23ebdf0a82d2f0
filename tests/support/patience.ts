/**
 * How long an event may keep a test waiting before the test fails, ms. Nothing waits for it where all is well: it is
 * many times what a quiet machine needs, so that a busy one does not make a test fail.
 */
export const PATIENCE_MS = 90_000;
