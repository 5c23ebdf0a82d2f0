import { openSqliteStore } from '@hymio/gateway';

/** Closes a store while its reading thread answers; nothing else keeps this process alive. */
for (let round = 0; round < 10; round += 1) {
  const store = await openSqliteStore({ folder: process.argv[2] });
  const reading = store.terminals(Date.now());
  await store.close();
  await reading;
}
process.stdout.write('closed\n');
