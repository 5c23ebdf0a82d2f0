import type { ChildProgram } from './child-program.js';
import { GATEWAY_PROGRAM, type TestBench } from './test-bench.js';

export interface GatewaySettings {
  /** Data folder, relative to the bench. */
  data?: string;
  /** Port of the embedded broker; 0 takes a free one. */
  mqttPort?: number;
  /** A broker elsewhere, instead of the embedded one. */
  brokerUrl?: string;
  httpPort?: number;
  more?: Record<string, unknown>;
}

/** Writes `<name>.yaml` for a gateway and returns its path. */
export function writeGatewayConfig(bench: TestBench, name: string, settings: GatewaySettings = {}): string {
  const { data = `${name}-data`, mqttPort = 0, brokerUrl, httpPort = 0, more = {} } = settings;
  return bench.write(`${name}.yaml`, {
    data,
    timezone: 'Europe/Helsinki',
    mqtt: brokerUrl === undefined ? { listen: `127.0.0.1:${mqttPort}` } : { url: brokerUrl },
    http: { listen: `127.0.0.1:${httpPort}` },
    store: { type: 'sqlite' },
    ...more,
  });
}

/** What a press looks like in the export. */
export interface ExportedPress {
  terminal: string;
  epoch: string;
  seq: number;
  at: number;
  rating: number;
  clock: string;
  receivedAt: number;
  repeat: boolean;
}

/** A gateway as a real process, seen through its HTTP interface. */
export class GatewayProgram {
  readonly child: ChildProgram;
  readonly http: string;
  readonly mqttPort: number;

  private constructor(child: ChildProgram, http: string, mqtt: string) {
    this.child = child;
    this.http = http;
    this.mqttPort = Number(new URL(mqtt).port);
  }

  /** Starts `serve` and waits for its ready line. */
  static start(bench: TestBench, config: string): Promise<GatewayProgram> {
    return GatewayProgram.ready(GatewayProgram.launch(bench, config));
  }

  /** Starts `serve` without waiting. */
  static launch(bench: TestBench, config: string): ChildProgram {
    return bench.node('gateway', GATEWAY_PROGRAM, 'serve', '--config', config);
  }

  /** Waits for the ready line of a gateway just launched. */
  static async ready(child: ChildProgram): Promise<GatewayProgram> {
    const [, http = '', mqtt = ''] = await child.line(/^ready http=(\S+) mqtt=(\S+)$/);
    return new GatewayProgram(child, http, mqtt);
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.http}${path}`, init);
  }

  /** The body of a successful answer, as JSON. */
  async json<T>(path: string): Promise<T> {
    const response = await this.fetch(path);
    const text = await response.text();
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  /** Every press of the export, page by page. */
  async presses(terminal?: string): Promise<ExportedPress[]> {
    const presses: ExportedPress[] = [];
    for (let after = '0'; ; ) {
      const filter = terminal === undefined ? '' : `&terminal=${terminal}`;
      const response = await this.fetch(`/api/v1/presses?after=${after}${filter}`);
      if (!response.ok) throw new Error(`presses: ${response.status} ${await response.text()}`);
      const lines = (await response.text()).split('\n').filter((line) => line !== '');
      presses.push(...lines.map((line) => JSON.parse(line) as ExportedPress));
      const next = response.headers.get('x-next-cursor');
      if (next === null) return presses;
      after = next;
    }
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await this.child.kill(signal);
  }
}
