import type { ChildProgram } from './child-program.js';
import { program } from './requirements.js';
import { freePort, type TestBench } from './test-bench.js';

/** Debian's mosquitto as a real process; it can be killed and started again on the same port. */
export class MosquittoProgram {
  readonly port: number;
  readonly url: string;
  readonly #bench: TestBench;
  readonly #config: string;
  #child: ChildProgram | undefined;

  private constructor(bench: TestBench, port: number) {
    this.#bench = bench;
    this.port = port;
    this.url = `mqtt://127.0.0.1:${port}`;
    // It would otherwise give up root, and with it the folder that it was started in.
    const user = process.getuid?.() === 0 ? 'user root\n' : '';
    this.#config = bench.write(
      `mosquitto-${port}.conf`,
      `listener ${port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\npersistence false\n${user}`,
    );
  }

  static async start(bench: TestBench): Promise<MosquittoProgram> {
    const broker = new MosquittoProgram(bench, await freePort());
    await broker.start();
    return broker;
  }

  async start(): Promise<void> {
    this.begin();
    await this.up();
  }

  /** Starts it without waiting. */
  begin(): void {
    this.#child = this.#bench.spawn('mosquitto', program('mosquitto'), ['-c', this.#config]);
  }

  /** Resolves once it takes connections. */
  async up(): Promise<void> {
    await this.#child?.line(/mosquitto version \S+ running/);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await this.#child?.kill(signal);
  }
}
