import type { ChildProgram } from '../support/child-program.js';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { freePort, type TestBench } from '../support/test-bench.js';
import type { PowerDisk } from './power-disk.js';

/** The real gateway with its store on a disk whose plug can be pulled; after each cut it comes back on the same ports. */
export class DiskGateway {
  readonly disk: PowerDisk;
  readonly mqttPort: number;
  readonly #bench: TestBench;
  readonly #config: string;
  #child: ChildProgram | undefined;

  private constructor(bench: TestBench, disk: PowerDisk, config: string, mqttPort: number) {
    this.#bench = bench;
    this.disk = disk;
    this.#config = config;
    this.mqttPort = mqttPort;
  }

  /** Not started yet. */
  static async make(bench: TestBench, disk: PowerDisk, more: Record<string, unknown> = {}): Promise<DiskGateway> {
    const [mqttPort, httpPort] = [await freePort(), await freePort()];
    const config = writeGatewayConfig(bench, 'gateway', { data: disk.folder, mqttPort, httpPort, more });
    return new DiskGateway(bench, disk, config, mqttPort);
  }

  get config(): string {
    return this.#config;
  }

  /** Starts it without waiting. */
  launch(): ChildProgram {
    this.#child = GatewayProgram.launch(this.#bench, this.#config);
    return this.#child;
  }

  /** Starts it and waits until it serves. */
  start(): Promise<GatewayProgram> {
    return GatewayProgram.ready(this.launch());
  }

  get pid(): number {
    return this.#running().pid;
  }

  async kill(): Promise<void> {
    await this.#running().kill('SIGKILL');
  }

  #running(): ChildProgram {
    if (this.#child === undefined) throw new Error('the gateway was never started');
    return this.#child;
  }
}
