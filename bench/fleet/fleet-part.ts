import { Program } from '../harness/program.js';
import type { FleetTask } from './fleet-task.js';

/** What one second of a process of the fleet was; counts are since it began. */
export interface FleetSecond {
  /** UTC ms. */
  at: number;
  online: number;
  connects: number;
  refusedConnects: number;
  kept: number;
  notKept: number;
}

/** A process of the fleet. */
export class FleetPart {
  readonly seconds: FleetSecond[] = [];
  readonly #program: Program;

  constructor(task: FleetTask) {
    this.#program = Program.node('bench/dist/fleet/terminals-program.js', JSON.stringify(task));
    this.#program.onLine = (text) => {
      if (text.startsWith('{"second":')) this.seconds.push((JSON.parse(text) as { second: FleetSecond }).second);
    };
  }

  get pid(): number {
    return this.#program.pid;
  }

  get now(): FleetSecond | undefined {
    return this.seconds.at(-1);
  }

  /** Visitors are let in, or kept out. */
  async push(on: boolean): Promise<void> {
    await this.#program.ask(on ? 'push' : 'hold', '{"pushing"');
  }

  /** Resolves, with the time (UTC ms), once all presses kept so far are acknowledged. */
  async acknowledged(timeoutMs: number): Promise<number> {
    const { text } = await this.#program.ask('acknowledged', '{"acknowledged"', timeoutMs);
    return (JSON.parse(text) as { acknowledged: number }).acknowledged;
  }

  /** Presses kept by each terminal. */
  async kept(): Promise<readonly (readonly [terminal: string, presses: number])[]> {
    const { text } = await this.#program.ask('counts', '{"kept"');
    return (JSON.parse(text) as { kept: [string, number][] }).kept;
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }
}
