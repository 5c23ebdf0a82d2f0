// Loaded into a program before its own code: its commits no longer wait for the disk (SQLite's own default with a
// write-ahead log), nor does what it writes by itself. It is what a test of power cuts has to catch; no setting of the
// products leads here.
import fs from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';

fs.fsyncSync = () => undefined;
const handle = await fs.promises.open('/dev/null');
Object.getPrototypeOf(handle).sync = async () => undefined;
await handle.close();
syncBuiltinESMExports();

const Database = createRequire(import.meta.url)('better-sqlite3');
const pragma = Database.prototype.pragma;
Database.prototype.pragma = function weakened(source, ...rest) {
  return pragma.call(this, source.replace(/^synchronous = FULL$/, 'synchronous = NORMAL'), ...rest);
};
