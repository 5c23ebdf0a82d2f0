import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
/** What writes the packets of both libraries, the broker and the client: the very copy that they use. */
const packets: { writeToStream: { cacheNumbers: boolean } } = createRequire(require.resolve('mqtt'))('mqtt-packet');

/** Has the two bytes of a number made when they are written. Otherwise all 65,536 of them are kept: 7 MB. */
export function keepNoNumbers(): void {
  packets.writeToStream.cacheNumbers = false;
}
