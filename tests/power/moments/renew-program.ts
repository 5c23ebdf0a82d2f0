import { type DeviceClock, IdentityFile, TerminalIdentity } from '@hymio/device';

/** Looks at the certificate of a terminal at once, as the firmware does ten seconds after its start; ends with 0 once it is renewed. */
const [, , terminal = '', folder = ''] = process.argv;
const say = (text: string, fields?: object) => process.stdout.write(`${text} ${JSON.stringify(fields ?? {})}\n`);
let looked = false;
const clock: DeviceClock = {
  ...{ now: Date.now, monotonic: () => performance.now(), bootId: 'boot', synced: () => true },
  after: (_delayMs, run) => {
    // Only the first look: the next one is an hour away.
    if (!looked) setImmediate(run);
    looked = true;
    return () => undefined;
  },
};
const identity = new TerminalIdentity({
  ...{ terminal, file: new IdentityFile(folder), clock, random: Math.random },
  log: {
    info: (text) => {
      say(text);
      process.exit(0);
    },
    warn: (text, fields) => {
      say(text, fields);
      process.exit(1);
    },
    error: say,
  },
});
identity.start(() => undefined);
