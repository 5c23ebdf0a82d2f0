// Opens the store in the folder given, says so, and holds it until it is killed.
import { openSqliteStore } from '@hymio/gateway';

const folder = process.argv[2] ?? '';
await openSqliteStore({ folder });
process.stdout.write('open\n');
setInterval(() => undefined, 60_000);
