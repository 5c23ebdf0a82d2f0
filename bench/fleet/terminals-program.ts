import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  FIRMWARE_VERSION,
  FIRST_FIRMWARE_AT,
  type Journal,
  type Log,
  MqttTransport,
  ResilientJournal,
  SettingsFile,
  SystemClock,
  Terminal,
  type Transport,
  type TransportListener,
  VirtualPanel,
} from '@hymio/device';
import { seededRandom, visitorProfile, visitorStream } from '@hymio/simulator';
import { type FleetTask, terminalId } from './fleet-task.js';

/** Longer than any run at any pace. */
const LONG_MS = 365 * 86_400_000;
/** As if all had been plugged in by the people who walk through the building. */
const START_WITHIN_MS = 30_000;
const SECOND_MS = 1_000;
/** More is not said at once of what a terminal logs. */
const QUIET: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** What happened since the program began, of all of its terminals. */
const counts = { online: 0, connects: 0, refusedConnects: 0, kept: 0, notKept: 0 };
const terminals: FleetTerminal[] = [];
let pushing = false;

/** A terminal of the fleet: the real firmware with a journal on disk and a connection of its own. */
class FleetTerminal {
  readonly id: string;
  readonly #terminal: Terminal;
  readonly #panel = new VirtualPanel();
  #journal: Journal | undefined;
  #kept = 0;

  constructor(task: FleetTask, index: number, clock: SystemClock) {
    this.id = terminalId(index);
    const folder = join(task.folder, this.id);
    mkdirSync(folder, { recursive: true });
    const random = seededRandom(task.seed, this.id, 'firmware');
    const url = `mqtt://127.0.0.1:${task.port}`;
    const log: Log = { ...QUIET, warn: (event) => noteWarning(event) };
    this.#terminal = new Terminal({
      ...{ clock, random, panel: this.#panel, log, firmware: FIRMWARE_VERSION, builtAt: FIRST_FIRMWARE_AT },
      transport: counted(new MqttTransport({ terminal: this.id, url, clock, random, log })),
      settings: new SettingsFile(folder),
      hardware: () => ({ model: 'bench' }),
      openJournal: (onNotice) => {
        const opening = () => ({ epoch: randomUUID(), bootId: clock.bootId, bootMs: clock.monotonic() });
        this.#journal = new ResilientJournal({ folder, terminal: this.id, now: () => clock.now(), opening }, onNotice);
        return this.#journal;
      },
    });
  }

  start(): void {
    this.#terminal.start();
  }

  press(rating: Parameters<VirtualPanel['press']>[0]): void {
    if (this.#panel.press(rating).kept) {
      this.#kept += 1;
      counts.kept += 1;
    } else counts.notKept += 1;
  }

  get kept(): number {
    return this.#kept;
  }

  /** The gateway has acknowledged so many presses. */
  get acknowledged(): number {
    return this.#journal?.spans().reduce((sum, { ackedSeq }) => sum + ackedSeq, 0) ?? 0;
  }

  stop(): Promise<void> {
    return this.#terminal.stop();
  }
}

function noteWarning(event: string): void {
  if (event === 'no connection to the broker') counts.refusedConnects += 1;
}

/** Counts connections as they come and go. */
function counted(inner: Transport): Transport {
  return {
    start: (listener: TransportListener) =>
      inner.start({
        connected: () => {
          counts.online += 1;
          counts.connects += 1;
          listener.connected();
        },
        disconnected: () => {
          counts.online -= 1;
          listener.disconnected();
        },
        fault: (code, detail) => listener.fault(code, detail),
        message: (kind, payload) => listener.message(kind, payload),
      }),
    publish: (publication) => inner.publish(publication),
    stop: () => inner.stop(),
  };
}

/** Visitors of the hours that the task names, so many times faster than they come. */
function visit(task: FleetTask, terminal: FleetTerminal): void {
  const profile = visitorProfile(task.visits);
  const from = task.simulatedFrom;
  const stream = visitorStream(profile, task.seed, terminal.id, { from, to: from + LONG_MS });
  const beganAt = performance.now();
  const next = (): void => {
    const press = stream.next().value;
    if (press === undefined) return;
    setTimeout(
      () => {
        if (pushing) terminal.press(press.rating);
        next();
      },
      beganAt + (press.at - from) / task.factor - performance.now(),
    );
  };
  next();
}

/**
 * A part of a fleet. Its argument is a FleetTask as JSON. Once a second it prints a line `{"second":…}`; each line on
 * standard input is answered: `push` lets visitors in, `hold` keeps them out, `acknowledged` answers when all presses
 * kept before are acknowledged, `counts` tells how many presses each terminal kept, `stop` ends.
 */
async function main(text: string): Promise<void> {
  const task = JSON.parse(text) as FleetTask;
  const clock = new SystemClock('system', FIRST_FIRMWARE_AT);
  for (let index = task.first; index < task.first + task.count; index += 1) {
    const terminal = new FleetTerminal(task, index, clock);
    terminals.push(terminal);
    setTimeout(() => terminal.start(), ((index - task.first) / task.count) * START_WITHIN_MS);
  }
  setInterval(() => say({ second: { at: Date.now(), ...counts } }), SECOND_MS);
  let visited = false;
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'push') {
      pushing = true;
      if (!visited) for (const terminal of terminals) visit(task, terminal);
      visited = true;
      say({ pushing });
    } else if (line === 'hold') {
      pushing = false;
      say({ pushing });
    } else if (line === 'acknowledged') void tellAcknowledged();
    else if (line === 'counts') say({ kept: terminals.map(({ id, kept }) => [id, kept]) });
    else if (line === 'stop') break;
  }
  await Promise.allSettled(terminals.map((terminal) => terminal.stop()));
  process.exit();
}

/** Looks ten times a second only at those that were behind when it looked last. */
async function tellAcknowledged(): Promise<void> {
  let behind = terminals.map((terminal) => ({ terminal, kept: terminal.kept }));
  while (behind.length > 0) {
    behind = behind.filter(({ terminal, kept }) => terminal.acknowledged < kept);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  say({ acknowledged: Date.now() });
}

function say(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

await main(process.argv[2] ?? '');
