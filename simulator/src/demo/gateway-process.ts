import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { HymioError } from '@hymio/protocol';

const PROGRAM = fileURLToPath(new URL('./cli/main.js', import.meta.resolve('@hymio/gateway')));
const END_WITH_PARENT = new URL('../cli/end-with-parent.js', import.meta.url).href;
const START_MS = 60_000;

export interface GatewayAddresses {
  http: string;
  mqtt: string;
}

/** `hymio-gateway serve` in a process of its own that never outlives this one; its log goes to a file. */
export class GatewayProcess {
  readonly #config: string;
  readonly #logFile: string;
  #child: ChildProcess | undefined;
  #stopping = false;

  constructor(config: string, logFile: string) {
    this.#config = config;
    this.#logFile = logFile;
  }

  /** Resolves once it serves. `onEnd` hears of an end that nobody asked for. Error: HymioError `gateway-not-started`. */
  async start(onEnd: () => void): Promise<GatewayAddresses> {
    const log = openSync(this.#logFile, 'a');
    // A group of its own: Ctrl-C reaches the demo alone, which ends the terminals first.
    const options = { execArgv: ['--import', END_WITH_PARENT], detached: true };
    const child = fork(PROGRAM, ['serve', '--config', this.#config], {
      ...options,
      stdio: ['ignore', 'pipe', log, 'ipc'],
    });
    closeSync(log);
    this.#child = child;
    const addresses = await ready(child).catch(() => undefined);
    if (addresses === undefined) {
      child.kill('SIGKILL');
      throw new HymioError(
        'gateway-not-started',
        `The gateway did not start: ${this.#lastWords()}`,
        `See ${this.#logFile}.`,
      );
    }
    child.once('exit', () => {
      if (!this.#stopping) onEnd();
    });
    return addresses;
  }

  /** Ends it; after `patienceMs` by force. */
  async stop(patienceMs: number): Promise<void> {
    const child = this.#child;
    this.#stopping = true;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const force = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
    clearTimeout(force);
  }

  #lastWords(): string {
    return readFileSync(this.#logFile, 'utf8').trimEnd().split('\n').at(-1) ?? '';
  }
}

/** Waits for `ready http=… mqtt=…`. */
function ready(child: ChildProcess): Promise<GatewayAddresses> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('took too long')), START_MS);
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    lines.on('line', (line) => {
      const [, http, mqtt] = /^ready http=(\S+) mqtt=(\S+)$/.exec(line) ?? [];
      if (http === undefined || mqtt === undefined) return;
      clearTimeout(timer);
      resolve({ http, mqtt });
    });
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new Error('ended'));
    });
  });
}
