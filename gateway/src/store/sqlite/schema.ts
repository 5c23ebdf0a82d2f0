import { HymioError } from '@hymio/protocol/plain';
import { chainChangeLog } from './change-log-rows.js';
import type { Db } from './database.js';
import { ACCOUNTS_3 } from './schema/accounts-3.js';
import { ADMINISTRATION_2 } from './schema/administration-2.js';
import { ALERTS_2 } from './schema/alerts-2.js';
import { ALERTS_3 } from './schema/alerts-3.js';
import { AUDIT_3, AUDIT_GUARD_3 } from './schema/audit-3.js';
import { DIRECTORY_3 } from './schema/directory-3.js';
import { FAULTS_2 } from './schema/faults-2.js';
import { IDENTITY_3 } from './schema/identity-3.js';
import { PEOPLE_3 } from './schema/people-3.js';
import { addRefused, PEOPLE_4 } from './schema/people-4.js';
import { PUBLIC_2 } from './schema/public-2.js';
import { REGISTRY_2 } from './schema/registry-2.js';
import { REPORTS_3 } from './schema/reports-3.js';
import { ROLLUP_BLOCKS_2 } from './schema/rollup-blocks-2.js';
import { SETTINGS_3 } from './schema/settings-3.js';
import { SUSPICIONS_3 } from './schema/suspicions-3.js';
import { TOKENS_3 } from './schema/tokens-3.js';

/**
 * `presses.arrival` is the order of arrival and the cursor of the export; it is never used twice. The identity
 * (terminal, epoch, seq) needs no index: the mark, read and advanced in the same transaction, guards it. The one index
 * leads with the time, because presses of now then share a page whichever terminal they come from: led by the terminal,
 * every press of a group commit dirtied a page of its own and cost five times as much.
 * Service point 0 is "unassigned".
 */
const VERSION_1 = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
CREATE TABLE terminals (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT, registered INTEGER NOT NULL DEFAULT 0,
  first_seen_at INTEGER, last_seen_at INTEGER, last_press_at INTEGER, current_epoch INTEGER REFERENCES epochs(key),
  availability TEXT, availability_at INTEGER, lost_presses INTEGER NOT NULL DEFAULT 0,
  presence_floor INTEGER NOT NULL DEFAULT 0, presence_faulty INTEGER NOT NULL DEFAULT 0, anchor_at INTEGER
) STRICT;
CREATE TABLE statuses (
  terminal INTEGER PRIMARY KEY REFERENCES terminals(key), message TEXT NOT NULL, received_at INTEGER NOT NULL
) STRICT;
CREATE TABLE epochs (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, terminal INTEGER NOT NULL REFERENCES terminals(key),
  mark INTEGER NOT NULL, highest_reported INTEGER NOT NULL, last_reported INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL, last_received_at INTEGER, last_press_at INTEGER
) STRICT;
CREATE INDEX epochs_by_terminal ON epochs (terminal);
CREATE TABLE groups (id TEXT PRIMARY KEY, parent TEXT, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE service_points (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, "group" TEXT NOT NULL, name TEXT NOT NULL,
  repeat_window_ms INTEGER NOT NULL, opening_hours TEXT
) STRICT;
CREATE TABLE questions (id TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE assignments (
  terminal INTEGER NOT NULL REFERENCES terminals(key), from_at INTEGER NOT NULL, to_at INTEGER,
  service_point INTEGER NOT NULL REFERENCES service_points(key), question TEXT, PRIMARY KEY (terminal, from_at)
) STRICT, WITHOUT ROWID;
CREATE TABLE presses (
  arrival INTEGER PRIMARY KEY, terminal INTEGER NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
  at INTEGER, counted_at INTEGER NOT NULL, rating INTEGER NOT NULL, clock INTEGER NOT NULL, uncertainty_ms INTEGER,
  received_at INTEGER NOT NULL, repeat INTEGER NOT NULL, service_point INTEGER NOT NULL
) STRICT;
CREATE INDEX presses_by_time ON presses (counted_at, terminal);
CREATE TABLE rollups (
  start INTEGER NOT NULL, terminal INTEGER NOT NULL, service_point INTEGER NOT NULL,
  c0 INTEGER NOT NULL, c1 INTEGER NOT NULL, c2 INTEGER NOT NULL, c3 INTEGER NOT NULL,
  repeats INTEGER NOT NULL, estimated INTEGER NOT NULL, PRIMARY KEY (start, terminal, service_point)
) STRICT, WITHOUT ROWID;
CREATE TABLE rollup_places (
  service_point INTEGER NOT NULL, terminal INTEGER NOT NULL, PRIMARY KEY (service_point, terminal)
) STRICT, WITHOUT ROWID;
CREATE TABLE lost (
  id INTEGER PRIMARY KEY, terminal INTEGER NOT NULL, epoch INTEGER NOT NULL,
  from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX lost_by_time ON lost (recorded_at);
CREATE INDEX lost_by_terminal ON lost (terminal);
CREATE TABLE incidents (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, terminal INTEGER, epoch INTEGER, missing INTEGER,
  since INTEGER NOT NULL, withdrawn_at INTEGER, detail TEXT
) STRICT;
CREATE INDEX incidents_by_terminal ON incidents (terminal);
CREATE INDEX incidents_open ON incidents (epoch) WHERE withdrawn_at IS NULL;
CREATE TABLE presence (
  terminal INTEGER NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, PRIMARY KEY (terminal, from_at)
) STRICT, WITHOUT ROWID;
`;

/** Statements, or what statements cannot do. */
type Step = string | ((db: Db) => void);

/** Each feature keeps what it adds in a file of its own. */
const VERSION_2 = [REGISTRY_2, ADMINISTRATION_2, FAULTS_2, PUBLIC_2, ALERTS_2, ROLLUP_BLOCKS_2];

const VERSION_3 = [
  REPORTS_3,
  ALERTS_3,
  TOKENS_3,
  ACCOUNTS_3,
  SETTINGS_3,
  SUSPICIONS_3,
  IDENTITY_3,
  PEOPLE_3,
  DIRECTORY_3,
  AUDIT_3,
  chainChangeLog,
  AUDIT_GUARD_3,
];

const VERSION_4 = [addRefused, PEOPLE_4];

/** Steps n lead from schema version n to n + 1. What a store has gone through is never changed: a change is a new version. */
export const MIGRATIONS: readonly (readonly Step[])[] = [[VERSION_1], VERSION_2, VERSION_3, VERSION_4];

/** Brings the file to the newest schema, all or nothing. Error: HymioError `store-newer-schema`. */
export function migrate(db: Db): void {
  const run = db.transaction(() => {
    const version = checkedVersion(db);
    for (const step of MIGRATIONS.slice(version).flat()) {
      if (typeof step === 'string') db.exec(step);
      else step(db);
    }
    db.pragma(`user_version = ${MIGRATIONS.length}`);
  });
  if (checkedVersion(db) < MIGRATIONS.length) run.immediate();
}

/** The file's schema version. Error: HymioError `store-newer-schema`. */
export function checkedVersion(db: Db): number {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version <= MIGRATIONS.length) return version;
  throw new HymioError(
    'store-newer-schema',
    `The store has schema ${version}; this program knows schemas up to ${MIGRATIONS.length}.`,
    'Run the newer version of the gateway that wrote it.',
  );
}

/** For readers, who cannot migrate. Errors: HymioError `store-newer-schema`, `store-older-schema`. */
export function requireCurrentSchema(db: Db): void {
  const version = checkedVersion(db);
  if (version === MIGRATIONS.length) return;
  throw new HymioError(
    'store-older-schema',
    `The store has schema ${version}; this program reads schema ${MIGRATIONS.length}.`,
    'Start the gateway once: it brings the store up to date.',
  );
}
