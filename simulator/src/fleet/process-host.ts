import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Rating } from '@hymio/protocol';
import type { Boot } from '../time/simulated-clock.js';
import { TrueTime } from '../time/true-time.js';
import type { HostCall, HostReply, HostRequest } from './host-call.js';
import type { HostPlace } from './host-place.js';
import type { Push, TerminalHost } from './terminal-host.js';

const CHILD = fileURLToPath(new URL('../cli/terminal-child.js', import.meta.url));

type Pace = { kind: 'paused' } | { kind: 'running'; factor: number };
interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}
/** The child went away while it was asked. */
class ChildDied extends Error {}

/** A simulated terminal in a process of its own; `kill` is a real SIGKILL. */
export class ProcessHost implements TerminalHost {
  readonly terminal: string;
  readonly #place: HostPlace;
  /** What the child's world shows, a little ahead of it. */
  readonly #world: TrueTime;
  readonly #waiting = new Map<number, Waiting>();
  #child: { process: ChildProcess; gone: Promise<void> } | undefined;
  #pace: Pace = { kind: 'paused' };
  #plugged = false;
  #lastId = 0;

  constructor(place: HostPlace, startAt: number) {
    this.terminal = place.terminal;
    this.#place = place;
    this.#world = new TrueTime(startAt);
  }

  now(): number {
    return this.#world.now();
  }

  async moveTo(at: number): Promise<void> {
    this.#world.advanceTo(at);
    if (this.#child) await this.#call({ method: 'moveTo', at });
  }

  async run(factor: number): Promise<void> {
    this.#pace = { kind: 'running', factor };
    this.#world.run(factor);
    if (this.#child) await this.#call({ method: 'run', factor });
  }

  async pause(): Promise<void> {
    this.#pace = { kind: 'paused' };
    this.#world.pause();
    if (this.#child === undefined) return;
    await this.#call({ method: 'pause' });
    await this.#call({ method: 'moveTo', at: this.#world.now() });
  }

  async boot(boot: Boot): Promise<void> {
    if (this.#child === undefined) {
      this.#fork();
      await this.#call({ method: 'begin', place: this.#place, startAt: this.#world.now() });
      if (this.#pace.kind === 'running') await this.#call({ method: 'run', factor: this.#pace.factor });
      await this.#call({ method: 'link', up: this.#plugged });
    }
    await this.#call({ method: 'boot', boot });
  }

  async press(rating: Rating): Promise<Push> {
    const trueAt = this.#world.now();
    const notRunning: Push = { outcome: { kept: false, rating, code: 'not-running' }, rating, trueAt, wallAt: trueAt };
    if (this.#child === undefined) return notRunning;
    try {
      return (await this.#call({ method: 'press', rating })) as Push;
    } catch (error) {
      if (error instanceof ChildDied) return { outcome: 'died', rating, trueAt, wallAt: trueAt };
      throw error;
    }
  }

  async link(up: boolean): Promise<void> {
    this.#plugged = up;
    if (this.#child) await this.#call({ method: 'link', up });
  }

  async pending(): Promise<number | undefined> {
    return this.#child === undefined ? undefined : ((await this.#call({ method: 'pending' })) as number | undefined);
  }

  async stop(): Promise<void> {
    if (this.#child) await this.#call({ method: 'stop' });
  }

  async kill(): Promise<void> {
    this.#child?.process.kill('SIGKILL');
    await this.#child?.gone;
  }

  async close(): Promise<void> {
    await this.kill();
    this.#world.pause();
  }

  #fork(): void {
    // An Infinity must survive the way.
    const child = fork(CHILD, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.on('message', (reply: HostReply) => this.#receive(reply));
    // What it said before it died has been read when the channel is closed, not when the process is gone.
    const gone = Promise.all([once(child, 'exit'), once(child, 'disconnect')]).then(() => {
      this.#child = undefined;
      const waiting = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const { reject } of waiting) reject(new ChildDied(`the process of ${this.terminal} died`));
    });
    this.#child = { process: child, gone };
  }

  #call(call: HostCall): Promise<unknown> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      if (this.#child === undefined || !this.#child.process.connected) {
        reject(new ChildDied(`the process of ${this.terminal} is gone`));
        return;
      }
      this.#waiting.set(id, { resolve, reject });
      const request: HostRequest = { id, call };
      // A failure to send means that the child is gone, and its end answers all that wait.
      this.#child.process.send(request, () => undefined);
    });
  }

  #receive(reply: HostReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('error' in reply) waiting?.reject(new Error(reply.error));
    else waiting?.resolve(reply.result);
  }
}

function once(child: ChildProcess, event: 'exit' | 'disconnect'): Promise<void> {
  return new Promise((resolve) => child.once(event, () => resolve()));
}
