// Loaded before a program: what it does by itself every minute or less often, it does ten times less often. A test then
// sees what the program was told, and not that it would have come to it before long.
const LEAST_MS = 60_000;
const TIMES = 10;

const { setTimeout: plain } = globalThis;
globalThis.setTimeout = Object.assign(
  (run, delayMs, ...args) => plain(run, delayMs >= LEAST_MS ? delayMs * TIMES : delayMs, ...args),
  plain,
);
