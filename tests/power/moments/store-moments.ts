import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore, STORE_MIGRATIONS } from '@hymio/gateway';
import Database from 'better-sqlite3';
import { GatewayProgram, writeGatewayConfig } from '../../support/gateway-program.js';
import { commitPresses, sampleEpoch } from '../../support/sample-store.js';
import { GATEWAY_PROGRAM, type TestBench } from '../../support/test-bench.js';
import { commandWork, lastingWork, type Moment, type Scene } from './moment.js';

const TERMINAL = 'stored-1';
const DAY_MS = 24 * 3_600_000;
/** Presses of the day before yesterday and of today. */
const OLD = 30;
const NEW = 20;
const OLD_ROWS = `INSERT INTO terminals (key, id, first_seen_at) VALUES (1, '${TERMINAL}', 1);
  INSERT INTO epochs (key, id, terminal, mark, highest_reported, last_reported, first_seen_at)
  VALUES (1, '${sampleEpoch(1)}', 1, ${OLD}, 0, 0, 1)`;
const OLD_PRESS = `INSERT INTO presses
  (arrival, terminal, epoch, seq, at, counted_at, rating, clock, received_at, repeat, service_point)
  VALUES (@seq, 1, 1, @seq, @at, @at, 3, 0, @at, 0, 0)`;
const SERVING = /^ready http=/;

/** The store is brought to the schema of a newer gateway. */
export const migration: Moment = {
  name: 'the store is migrated',
  prepare: async ({ disk }) => {
    const db = new Database(join(disk.folder, 'store.sqlite'));
    try {
      for (const step of STORE_MIGRATIONS.slice(0, 2).flat()) if (typeof step === 'string') db.exec(step);
      db.exec(OLD_ROWS);
      const add = db.prepare(OLD_PRESS);
      for (let seq = 1; seq <= OLD; seq += 1) add.run({ seq, at: Date.now() + seq });
      db.pragma('user_version = 2');
    } finally {
      db.close();
    }
  },
  work: (scene, bench) => lastingWork(serve(scene, bench), SERVING),
  verify: async (scene) => {
    const stored = await storedPresses(scene);
    return stored === OLD ? [] : [`the store has ${stored} presses instead of ${OLD}`];
  },
};

/** A copy of the store is made. */
export const backup: Moment = {
  name: 'a backup is made',
  prepare: fillStore,
  work: (scene, bench) => commandWork(command(scene, bench, 'backup', '--out', copyOf(scene))),
  verify: async (scene, done) => {
    const there = existsSync(copyOf(scene));
    if (done && !there) return ['the backup that was made is not there'];
    const stored = await storedPresses(scene);
    const store = stored === OLD + NEW ? [] : [`the store has ${stored} presses instead of ${OLD + NEW}`];
    return there ? [...store, ...faultsOfCopy(copyOf(scene))] : store;
  },
};

/** Old presses go. */
export const prune: Moment = {
  name: 'old presses are pruned',
  prepare: fillStore,
  work: (scene, bench) => commandWork(command(scene, bench, 'prune', '--days', '1')),
  verify: async (scene, done) => {
    const stored = await storedPresses(scene);
    const right = done ? [NEW] : [NEW, OLD + NEW];
    return right.includes(stored) ? [] : [`the store has ${stored} presses instead of ${right.join(' or ')}`];
  },
};

/** A copy, of before the newest presses, takes the place of the store. */
export const restore: Moment = {
  name: 'a backup is restored',
  prepare: async (scene) => {
    const store = await openSqliteStore({ folder: scene.disk.folder, reads: 'in-thread' });
    const now = Date.now();
    await commitPresses(store, TERMINAL, sampleEpoch(1), pressesAt(now - 2 * DAY_MS, OLD), { receivedAt: now });
    await store.backup(copyOf(scene));
    await commitPresses(store, TERMINAL, sampleEpoch(1), pressesAt(now - 60_000, NEW), {
      firstSeq: OLD + 1,
      receivedAt: now,
    });
    // As a gateway that was killed leaves it: the newest presses are in the write-ahead log alone.
    const files = ['', '-wal'].map((suffix) => join(scene.disk.folder, `store.sqlite${suffix}`));
    const contents = files.map((file) => readFileSync(file));
    await store.close();
    for (const [index, file] of files.entries()) writeFileSync(file, contents[index] ?? '');
  },
  work: (scene, bench) => commandWork(command(scene, bench, 'restore', '--from', copyOf(scene))),
  verify: async (scene, done) => {
    const stored = await storedPresses(scene);
    const right = done ? [OLD] : [OLD, OLD + NEW];
    return right.includes(stored) ? [] : [`the store has ${stored} presses instead of ${right.join(' or ')}`];
  },
};

async function fillStore({ disk }: Scene): Promise<void> {
  const store = await openSqliteStore({ folder: disk.folder, reads: 'in-thread' });
  const now = Date.now();
  await commitPresses(store, TERMINAL, sampleEpoch(1), pressesAt(now - 2 * DAY_MS, OLD), { receivedAt: now });
  await commitPresses(store, TERMINAL, sampleEpoch(1), pressesAt(now - 60_000, NEW), {
    firstSeq: OLD + 1,
    receivedAt: now,
  });
  await store.close();
}

function pressesAt(from: number, count: number) {
  return Array.from({ length: count }, (_, index) => ({
    at: from + index,
    rating: (index % 4) as 0 | 1 | 2 | 3,
    clock: 'synced' as const,
  }));
}

function copyOf({ disk }: Scene): string {
  return join(disk.folder, 'copy.sqlite');
}

function faultsOfCopy(file: string): string[] {
  const db = new Database(file, { readonly: true });
  try {
    const sound = db.pragma('integrity_check(1)', { simple: true });
    const presses = db.prepare<[], number>('SELECT count(*) FROM presses').pluck().get();
    return sound === 'ok' && presses === OLD + NEW ? [] : [`the backup is not whole: ${sound}, ${presses} presses`];
  } catch (error) {
    return [`the backup cannot be read: ${error instanceof Error ? error.message : error}`];
  } finally {
    db.close();
  }
}

/** Presses that a gateway which starts now shows. */
async function storedPresses(scene: Scene): Promise<number> {
  const gateway = await GatewayProgram.ready(serve(scene, scene.bench));
  const { length } = await gateway.presses();
  await gateway.stop('SIGKILL');
  return length;
}

function serve(scene: Scene, bench: TestBench) {
  return GatewayProgram.launch(bench, writeGatewayConfig(bench, 'gateway', { data: scene.disk.folder }));
}

function command(scene: Scene, bench: TestBench, name: string, ...args: string[]) {
  const config = writeGatewayConfig(bench, 'gateway', { data: scene.disk.folder });
  return bench.node(name, GATEWAY_PROGRAM, name, ...args, '--config', config);
}
