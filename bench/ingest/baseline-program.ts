import { join } from 'node:path';
import Database from 'better-sqlite3';
import { connect } from 'mqtt';

/**
 * The least that a gateway can be: subscribes, parses, inserts in group commits and publishes one ack per message. No
 * checks, no marks, no repeats, no rollups. Arguments: folder, port of the broker.
 */
interface Batch {
  epoch: string;
  firstSeq: number;
  presses: { at: number; rating: number; clock: string; uncertaintyMs?: number }[];
}

const [folder = '.', port = '1883'] = process.argv.slice(2);
const db = new Database(join(folder, 'baseline.sqlite'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec(`CREATE TABLE presses (terminal TEXT, epoch TEXT, seq INTEGER, at INTEGER, rating INTEGER, clock TEXT,
  uncertainty_ms INTEGER, received_at INTEGER, PRIMARY KEY (terminal, epoch, seq)) WITHOUT ROWID`);
const insert = db.prepare('INSERT OR IGNORE INTO presses VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
const client = connect(`mqtt://127.0.0.1:${port}`, { protocolVersion: 4, clean: true });
let queue: { terminal: string; payload: Buffer }[] = [];

const commit = db.transaction((group: readonly { terminal: string; payload: Buffer }[]): [string, string][] => {
  const now = Date.now();
  return group.map(({ terminal, payload }) => {
    const batch = readBatch(payload);
    insertBatch(terminal, batch, now);
    const { epoch, firstSeq, presses } = batch;
    return [`hymio/v1/${terminal}/ack`, JSON.stringify({ epoch, upTo: firstSeq + presses.length - 1 })];
  });
});

function readBatch(payload: Buffer): Batch {
  return JSON.parse(payload.toString());
}

function insertBatch(terminal: string, { epoch, firstSeq, presses }: Batch, now: number): void {
  for (const [index, { at, rating, clock, uncertaintyMs }] of presses.entries()) {
    insert.run(terminal, epoch, firstSeq + index, at, rating, clock, uncertaintyMs ?? null, now);
  }
}

client.on('message', (topic, payload) => {
  queue.push({ terminal: topic.split('/')[2] ?? '', payload });
  if (queue.length === 1) setImmediate(work);
});
client.on('connect', () => {
  if ('setNoDelay' in client.stream && typeof client.stream.setNoDelay === 'function') client.stream.setNoDelay(true);
  client.subscribe('hymio/v1/+/presses', { qos: 1 }, () => process.stdout.write('ready\n'));
});
process.once('SIGTERM', () => process.exit());

function work(): void {
  const group = queue;
  queue = [];
  for (const [topic, payload] of commit(group)) client.publish(topic, payload, { qos: 1 });
}
