import type { ChildProgram } from './child-program.js';
import { program } from './requirements.js';
import type { TestBench } from './test-bench.js';

/** What the gateway answered, as any program would read it. */
export interface HeardAck {
  epoch: string;
  upTo: number;
  rewind?: boolean;
  refused?: string;
  firstSeq?: number;
  count?: number;
}

/** A terminal without a line of our code: mosquitto's command-line clients and hand-written JSON. */
export class ForeignClient {
  readonly #bench: TestBench;
  readonly #terminal: string;
  readonly #connection: readonly string[];
  readonly #listener: ChildProgram;
  #read = 0;

  private constructor(bench: TestBench, port: number, terminal: string) {
    this.#bench = bench;
    this.#terminal = terminal;
    this.#connection = ['-h', '127.0.0.1', '-p', String(port), '-V', 'mqttv311', '-q', '1'];
    const topic = `hymio/v1/${terminal}/ack`;
    const format = ['-F', 'heard %r %p', '-d'];
    // Into a pipe it would hold back, for ever, the line that says it has subscribed.
    const lineByLine = ['-oL', program('mosquitto_sub')];
    const args = [...lineByLine, ...this.#connection, ...format, '-t', topic];
    this.#listener = bench.spawn(`listener-${terminal}`, program('stdbuf'), args);
  }

  /** Listens to the acks of a terminal; ready to send when it resolves. */
  static async start(bench: TestBench, port: number, terminal: string): Promise<ForeignClient> {
    const client = new ForeignClient(bench, port, terminal);
    await client.#listener.line(/^Subscribed/);
    return client;
  }

  /** Publishes with QoS 1, an empty payload too; resolves once the broker has it. */
  async publish(kind: string, payload: string | Uint8Array | object, { retain = false } = {}): Promise<void> {
    const plain = typeof payload === 'string' || payload instanceof Uint8Array;
    const topic = `hymio/v1/${this.#terminal}/${kind}`;
    const args = [...this.#connection, '-t', topic, payload === '' ? '-n' : '-s', ...(retain ? ['-r'] : [])];
    const publisher = this.#bench.spawn('mosquitto_pub', program('mosquitto_pub'), args);
    if (payload !== '') publisher.write(plain ? payload : JSON.stringify(payload));
    publisher.endInput();
    const { code } = await publisher.exited;
    if (code !== 0) throw new Error(`mosquitto_pub ended with ${code}`);
  }

  /** The next ack not read yet; fails where none comes. */
  async ack(): Promise<HeardAck> {
    const already = this.#heard();
    if (already.length <= this.#read) await this.#listener.line(/^heard /, this.#listener.lines.length);
    const ack = this.#heard()[this.#read];
    if (ack === undefined) throw new Error('heard nothing');
    this.#read += 1;
    return ack;
  }

  /** Sends a batch and returns what was answered. */
  async send(batch: object): Promise<HeardAck> {
    await this.publish('presses', batch);
    return this.ack();
  }

  /** Acks not read yet. */
  unread(): HeardAck[] {
    return this.#heard().slice(this.#read);
  }

  /** None of the acks was retained: else the next terminal of this name would take it for its own. */
  retainedAcks(): number {
    return this.#listener.lines.filter((line) => line.startsWith('heard 1 ')).length;
  }

  async stop(): Promise<void> {
    await this.#listener.kill('SIGTERM');
  }

  #heard(): HeardAck[] {
    return this.#listener.lines
      .filter((line) => line.startsWith('heard '))
      .map((line) => JSON.parse(line.slice('heard 0 '.length)) as HeardAck);
  }
}
