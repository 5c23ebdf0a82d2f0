// Loaded into the gateway's process before its own program: whatever happens to the demo, its gateway ends with it.
const LONGEST_STOP_MS = 2_000;

process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
});
