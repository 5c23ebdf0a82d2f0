// Loaded into a program before its own code: its commits no longer wait for the disk (SQLite's own default with a
// write-ahead log). It is what a test of power cuts has to catch; no setting of the products leads here.
import { createRequire } from 'node:module';

const Database = createRequire(import.meta.url)('better-sqlite3');
const pragma = Database.prototype.pragma;
Database.prototype.pragma = function weakened(source, ...rest) {
  return pragma.call(this, source.replace(/^synchronous = FULL$/, 'synchronous = NORMAL'), ...rest);
};
