import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Board, LiveEvents, MemoryStore, type Snapshot } from '@hymio/gateway';
import { expect, it } from 'vitest';
import { FakeClock } from '../device/fake-clock.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

it('a board lets go of how things stood before', async () => {
  const clock = new FakeClock();
  const store = new MemoryStore();
  const onError = (error: unknown) => {
    throw error;
  };
  const board = new Board({ store, clock, zone: 'UTC', events: new LiveEvents(), onError });
  const seen: WeakRef<Snapshot>[] = [];
  for (let look = 0; look < 10; look += 1) {
    seen.push(new WeakRef(await board.look()));
    clock.advance(1_000);
  }
  // What a WeakRef has given out is held until the end of the turn.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  expect(seen.filter((ref) => ref.deref() !== undefined).length).toBeLessThanOrEqual(2);
});
