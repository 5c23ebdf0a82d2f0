import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Program } from '../harness/program.js';

const START_MS = 60_000;

/** One INSERT for all presses of a message, as somebody writes it who knows what a commit costs. */
const TO_SQL = `
const terminal = msg.topic.split('/')[2];
const { epoch, firstSeq, presses } = msg.payload;
const quote = (text) => "'" + String(text).replace(/'/g, "''") + "'";
const rows = presses.map((press, index) =>
  '(' + [quote(terminal), quote(epoch), firstSeq + index, press.at, press.rating, quote(press.clock), Date.now()].join(',') + ')');
msg.ack = { topic: 'hymio/v1/' + terminal + '/ack', payload: JSON.stringify({ epoch, upTo: firstSeq + presses.length - 1 }) };
msg.topic = 'INSERT OR IGNORE INTO presses VALUES ' + rows.join(',');
return msg;`;

/** A message for each press, as the split node makes them of a list. */
const TO_LIST = `
const { epoch, firstSeq, presses } = msg.payload;
msg.batch = { terminal: msg.topic.split('/')[2], epoch, firstSeq };
msg.payload = presses;
return msg;`;

const TO_PARAMETERS = `
const { terminal, epoch, firstSeq } = msg.batch;
const { index, count } = msg.parts;
const { at, rating, clock } = msg.payload;
msg.params = { $terminal: terminal, $epoch: epoch, $seq: firstSeq + index, $at: at, $rating: rating, $clock: clock, $now: Date.now() };
if (index === count - 1) {
  msg.ack = { topic: 'hymio/v1/' + terminal + '/ack', payload: JSON.stringify({ epoch, upTo: firstSeq + index }) };
}
return msg;`;

const INSERT_ONE = 'INSERT OR IGNORE INTO presses VALUES ($terminal, $epoch, $seq, $at, $rating, $clock, $now)';

const TO_ACK = `
if (msg.ack === undefined) return null;
return { topic: msg.ack.topic, payload: msg.ack.payload };`;

const TABLE = `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
CREATE TABLE IF NOT EXISTS presses (terminal TEXT, epoch TEXT, seq INTEGER, at INTEGER, rating INTEGER, clock TEXT,
  received_at INTEGER, PRIMARY KEY (terminal, epoch, seq)) WITHOUT ROWID`;

/** Where the flow keeps its presses. */
export function flowDatabase(folder: string): string {
  return join(folder, 'presses.sqlite');
}

/**
 * How a flow writes. `message`: a function makes one INSERT of each message. `press`: the split node makes a message of
 * each press, and the SQLite node writes it by its prepared statement, as the nodes suggest it.
 */
export type FlowWrites = 'message' | 'press';

/**
 * A flow as it would be put together by hand: MQTT in, JSON, SQLite, and back by MQTT once all is written.
 * `acknowledges: false` leaves the way back out, as flows do.
 */
export async function startFlow(
  nodeRed: string,
  folder: string,
  port: number,
  { acknowledges, writes }: { acknowledges: boolean; writes: FlowWrites },
): Promise<Program> {
  mkdirSync(folder, { recursive: true });
  const at = { z: 'tab', x: 100, y: 100 };
  const nodes = [
    { id: 'tab', type: 'tab', label: 'presses' },
    {
      id: 'broker',
      type: 'mqtt-broker',
      broker: '127.0.0.1',
      port: String(port),
      protocolVersion: '4',
      cleansession: true,
    },
    { id: 'db', type: 'sqlitedb', db: flowDatabase(folder), mode: 'RWC' },
    {
      id: 'once',
      type: 'inject',
      ...at,
      once: true,
      onceDelay: '0',
      topic: TABLE,
      props: [{ p: 'topic', vt: 'str' }],
      wires: [['make']],
    },
    { id: 'make', type: 'sqlite', ...at, mydb: 'db', sqlquery: 'batch', wires: [[]] },
    {
      id: 'in',
      type: 'mqtt in',
      ...at,
      broker: 'broker',
      topic: 'hymio/v1/+/presses',
      qos: '1',
      datatype: 'json',
      wires: [[writes === 'message' ? 'sql' : 'list']],
    },
    { id: 'sql', type: 'function', ...at, func: TO_SQL, outputs: 1, wires: [['insert']] },
    { id: 'list', type: 'function', ...at, func: TO_LIST, outputs: 1, wires: [['split']] },
    { id: 'split', type: 'split', ...at, arraySplt: 1, arraySpltType: 'len', wires: [['parameters']] },
    { id: 'parameters', type: 'function', ...at, func: TO_PARAMETERS, outputs: 1, wires: [['insert']] },
    {
      id: 'insert',
      type: 'sqlite',
      ...at,
      mydb: 'db',
      ...(writes === 'message' ? { sqlquery: 'batch' } : { sqlquery: 'prepared', sql: INSERT_ONE }),
      wires: [acknowledges ? ['ack'] : []],
    },
    { id: 'ack', type: 'function', ...at, func: TO_ACK, outputs: 1, wires: [['out']] },
    { id: 'out', type: 'mqtt out', ...at, broker: 'broker', topic: '', qos: '1', wires: [] },
  ];
  writeFileSync(join(folder, 'flows.json'), JSON.stringify(nodes));
  writeFileSync(
    join(folder, 'settings.js'),
    `module.exports = { flowFile: 'flows.json', httpAdminRoot: false, httpNodeRoot: false, uiHost: '127.0.0.1',
      nodesDir: ${JSON.stringify(join(nodeRed, 'node_modules', 'node-red-node-sqlite'))},
      telemetry: { enabled: false }, logging: { console: { level: 'info' } } };\n`,
  );
  const red = join(nodeRed, 'node_modules', 'node-red', 'red.js');
  const settings = ['--userDir', folder, '--settings', join(folder, 'settings.js'), '--port', '0'];
  const program = new Program(process.execPath, [red, ...settings]);
  await program.line('Connected to broker', START_MS);
  return program;
}
