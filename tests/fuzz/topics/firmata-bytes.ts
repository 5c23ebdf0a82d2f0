import { FirmataPanelDriver, firmataPanelConfigSchema, SystemClock } from '@hymio/device';
import fc from 'fast-check';
import { ScriptedFirmataBoard } from '../../support/scripted-firmata-board.js';
import { DriverWatch } from '../../unit/device/panel/driver-watch.js';
import type { Fuzzed } from '../fuzzed.js';

/** A read of the port that goes wrong is a promise that nobody waits for. */
const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

const data = fc.array(fc.nat(0x7f), { maxLength: 12 });
/** Messages of every kind, most of them with a beginning and an end, and noise. */
const bytes = fc
  .array(
    fc.oneof(
      fc
        .tuple(fc.constantFrom(0x79, 0x6e, 0x6c, 0x6a, 0x71, 0x73, 0x74, 0x72, 0x76, 0x77, 0x62, 0x60), data)
        .map(([kind, rest]) => [0xf0, kind, ...rest, 0xf7]),
      fc.tuple(fc.nat(0x7f), data).map(([kind, rest]) => [0xf0, kind, ...rest, 0xf7]),
      fc.tuple(fc.integer({ min: 0x80, max: 0xff }), fc.nat(0xff), fc.nat(0xff)).map((three) => [...three]),
      fc.array(fc.nat(0xff), { maxLength: 30 }),
      fc.constant([0xf0, ...new Array<number>(10_000).fill(1)]),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((messages) => Buffer.from(messages.flat()));

/** Bytes of a board go through a library that throws on some of them. */
export const firmataBytes: readonly Fuzzed[] = [
  {
    topic: 'firmata',
    name: 'a board on a bad cable costs its connection at most, and the next driver on it works',
    runs: 5,
    needs: ['socat'],
    start: async () => {
      const clock = new SystemClock('system', 0);
      const thrown: unknown[] = [];
      const property = fc.asyncProperty(bytes, async (odd) => {
        const giveBack = catchUncaught((error) => thrown.push(error));
        // Its own for each input: what one left unread is no beginning of the next.
        const board = await ScriptedFirmataBoard.plugged();
        const config = firmataPanelConfigSchema.parse({ type: 'firmata', port: board.path, pins: [2, 7, 8, 12] });
        const driver = new FirmataPanelDriver({ config, clock });
        try {
          const watch = DriverWatch.open(driver);
          await watch.first('ready');
          board.say(odd);
          // An end to whatever began, and then the name, which a board says when it starts anew: the driver gives up on it.
          board.say(Buffer.from([0xf7, 0xf9, 2, 5, 0xf0, 0x79, 2, 5, 0x78, 0, 0xf7]));
          await watch.until(() => thrown.length > 0 || watch.all('failed').length > 0, 'the end of the connection');
        } finally {
          await driver.close();
          await board.remove();
          giveBack();
        }
        if (thrown.length > 0) throw thrown.pop();
      });
      return { property, stop: async () => undefined };
    },
  },
];

/** What nobody catches ends the firmware: here it fails the property, and not the whole run. */
function catchUncaught(onError: (error: unknown) => void): () => void {
  const kept = EVENTS.map((event) => [event, process.listeners(event as 'uncaughtException')] as const);
  for (const event of EVENTS) process.removeAllListeners(event).on(event, onError);
  return () => {
    for (const [event, listeners] of kept) {
      process.removeAllListeners(event);
      for (const listener of listeners) process.on(event, listener);
    }
  };
}
