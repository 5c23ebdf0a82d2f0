import { mkdirSync, writeFileSync } from 'node:fs';
import { weekOf } from '@hymio/gateway';
import { explainError, type Rating } from '@hymio/protocol';
import { yamlText } from '../config/yaml-text.js';
import { fileLog } from '../fleet/file-log.js';
import { ButtonServer } from './button-page/button-server.js';
import { checkPort } from './check-port.js';
import { demoOutages } from './demo-calendar.js';
import type { DemoConsole } from './demo-console.js';
import { demoFolders } from './demo-folders.js';
import type { DemoOptions } from './demo-options.js';
import {
  DEMO_PLACES,
  DEMO_ZONE,
  type DemoPlace,
  OWN_TERMINAL,
  PUBLIC_PLACE,
  SILENT_TERMINAL,
  UNPLUGGED_TERMINAL,
} from './demo-place.js';
import { DemoStateFile, HISTORY_MS } from './demo-state.js';
import { DemoTerminal } from './demo-terminal.js';
import { type GatewayAddresses, GatewayProcess } from './gateway-process.js';
import { LiveVisitors } from './live-visitors.js';
import { preparePast } from './prepare-past.js';

const DEFAULT_BUTTON_PORT = 8_090;
/** Terminals say goodbye within it; the gateway has the second half of Ctrl-C's three seconds. */
const GATEWAY_STOP_MS = 1_200;
const TERMINALS_STOP_MS = 1_200;

/** The demo: a gateway, terminals with a past, visitors, and a way to press oneself. */
export class Demo {
  readonly #options: DemoOptions;
  readonly #console: DemoConsole;
  readonly #stopping = new AbortController();
  readonly #undo: (() => Promise<void> | void)[] = [];
  readonly #running = new Map<string, DemoTerminal>();
  #stopped: Promise<void> | undefined;

  constructor(options: DemoOptions, console: DemoConsole) {
    this.#options = options;
    this.#console = console;
  }

  /**
   * Resolves once pages and buttons are up; the history is then still being made. `onFailure` hears of what goes wrong
   * later. Errors: `port-busy`, `demo-data-unusable`, `gateway-not-started`, those of store and journal.
   */
  async start(onFailure: (error: unknown) => void): Promise<void> {
    const { data, httpPort, mqttPort, buttonPort } = this.#options;
    await checkPort(httpPort, 'the pages', '--http-port');
    await checkPort(mqttPort, "the terminals' connection", '--mqtt-port');
    if (buttonPort !== undefined) await checkPort(buttonPort, 'the four buttons', '--button-port');
    const file = DemoStateFile.open(data, Date.now());
    await this.#prepare(file);
    if (this.#stopping.signal.aborted) return;
    const gateway = await this.#startGateway(onFailure);
    const terminals = this.#terminals(file, gateway.mqtt);
    const own = terminals.shift();
    if (own === undefined) throw new Error('the demo has no terminal of its own');
    await this.#bringToLife(own, file, () => undefined);
    const buttons = await this.#startButtons(own);
    const addresses = {
      overview: `${gateway.http}/`,
      report: `${gateway.http}/reports/weekly/${weekOf(Date.now(), DEMO_ZONE).id}`,
      administration: `${gateway.http}/admin`,
      lobby: `${gateway.http}/public/${PUBLIC_PLACE}/screen`,
      buttons,
    };
    this.#console.welcome(addresses, own.place.name.en, data);
    this.#history(terminals, file).catch(onFailure);
  }

  /** Pushes a button of the demo's own terminal. */
  press(rating: Rating): void {
    const outcome = this.#running.get(OWN_TERMINAL)?.press(rating);
    if (outcome !== undefined) this.#console.pressed(outcome, rating);
  }

  /** Ends all of it, within three seconds. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    this.#console.progress(undefined);
    const late = new Promise<void>((resolve) => setTimeout(resolve, TERMINALS_STOP_MS).unref());
    const terminals = [...this.#running.values()].map((terminal) => terminal.stop());
    await Promise.race([Promise.allSettled(terminals), late]);
    for (let undo = this.#undo.pop(); undo !== undefined; undo = this.#undo.pop()) await undo();
  }

  async #prepare(file: DemoStateFile): Promise<void> {
    if (file.state.prepared) return;
    this.#console.say('Making the first part of five weeks of history …');
    const folders = demoFolders(this.#options.data);
    const log = fileLog(folders.terminalsLog, 'demo');
    const stop = this.#stopping.signal;
    await preparePast({ storeFolder: folders.store, terminalsFolder: folders.terminals, state: file.state, log, stop });
    if (!stop.aborted) file.setPrepared();
  }

  async #startGateway(onFailure: (error: unknown) => void): Promise<GatewayAddresses> {
    const { data, httpPort, mqttPort } = this.#options;
    const folders = demoFolders(data);
    const config = {
      data: folders.store,
      timezone: DEMO_ZONE,
      mqtt: { listen: `127.0.0.1:${mqttPort}` },
      http: { listen: `127.0.0.1:${httpPort}` },
    };
    writeFileSync(folders.config, `# Written by the demo at every start.\n${yamlText(config)}`);
    const gateway = new GatewayProcess(folders.config, folders.gatewayLog);
    this.#undo.push(() => gateway.stop(GATEWAY_STOP_MS));
    return gateway.start(() => onFailure(new Error(`The gateway ended by itself; see ${folders.gatewayLog}.`)));
  }

  /** Those that are alive today, the demo's own one first. */
  #terminals({ state }: DemoStateFile, brokerUrl: string): DemoTerminal[] {
    const { terminals, terminalsLog } = demoFolders(this.#options.data);
    mkdirSync(terminals, { recursive: true });
    const first = [OWN_TERMINAL, UNPLUGGED_TERMINAL, SILENT_TERMINAL];
    const rest = DEMO_PLACES.filter(({ terminal }) => !first.includes(terminal));
    const special = first.flatMap((id) => DEMO_PLACES.filter(({ terminal }) => terminal === id));
    return [...special, ...rest]
      .slice(0, this.#options.terminals)
      .filter(({ terminal }) => terminal !== SILENT_TERMINAL)
      .map((place: DemoPlace) => {
        const { seed, from: historyFrom } = state;
        const log = fileLog(terminalsLog, place.terminal);
        return new DemoTerminal({ place, folder: terminals, brokerUrl, seed, historyFrom, log });
      });
  }

  async #bringToLife(terminal: DemoTerminal, file: DemoStateFile, onKept: () => void): Promise<void> {
    const id = terminal.place.terminal;
    this.#running.set(id, terminal);
    if (file.state.done.includes(id)) terminal.bootNow();
    else {
      const { from } = file.state;
      const begin = id === UNPLUGGED_TERMINAL ? demoOutages(from + HISTORY_MS).unpluggedTo : from;
      await terminal.liveThrough(begin, this.#stopping.signal, onKept);
      if (this.#stopping.signal.aborted) return;
      file.setDone(id);
    }
    terminal.goLive();
  }

  async #history(terminals: readonly DemoTerminal[], file: DemoStateFile): Promise<void> {
    const visitors = new LiveVisitors(terminals.map(({ place }) => place.visitsPerWeek));
    this.#undo.push(() => visitors.stop());
    const missing = terminals.filter(({ place }) => !file.state.done.includes(place.terminal)).length;
    const began = performance.now();
    let kept = 0;
    for (const [index, terminal] of terminals.entries()) {
      const where = `${terminal.place.terminal}, ${index + 1} of ${terminals.length}`;
      await this.#bringToLife(terminal, file, () => {
        kept += 1;
        if (kept % 50 === 0) this.#console.progress(`making history: ${where}, ${kept} presses`);
      });
      if (this.#stopping.signal.aborted) return;
      visitors.add(terminal);
    }
    this.#console.progress(undefined);
    if (missing === 0) return;
    const seconds = ((performance.now() - began) / 1_000).toFixed(0);
    this.#console.say(`Five weeks of history are made: ${kept} presses more in ${seconds} s. From here on it is live.`);
  }

  async #startButtons(own: DemoTerminal): Promise<string> {
    const server = new ButtonServer({ place: own.place.name, press: (rating) => own.press(rating) });
    this.#undo.push(() => server.stop());
    const { buttonPort } = this.#options;
    try {
      return await server.start(buttonPort ?? DEFAULT_BUTTON_PORT);
    } catch (error) {
      if (buttonPort !== undefined) throw error;
      fileLog(demoFolders(this.#options.data).terminalsLog, 'demo').info('buttons on a free port', {
        reason: explainError(error),
      });
      return server.start(0);
    }
  }
}
