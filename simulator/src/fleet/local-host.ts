import type { Rating } from '@hymio/protocol';
import type { Boot } from '../time/simulated-clock.js';
import { TrueTime } from '../time/true-time.js';
import { FirmwareMachine, type MachineParts } from './firmware-machine.js';
import type { Push, TerminalHost } from './terminal-host.js';

/** A simulated terminal in this process. */
export class LocalHost implements TerminalHost {
  readonly terminal: string;
  readonly #world: TrueTime;
  readonly #machine: FirmwareMachine;

  /** `startAt`: true time at the beginning, UTC ms. */
  constructor(parts: Omit<MachineParts, 'world'>, startAt: number) {
    this.terminal = parts.terminal;
    this.#world = new TrueTime(startAt);
    this.#machine = new FirmwareMachine({ ...parts, world: this.#world });
  }

  now(): number {
    return this.#world.now();
  }

  async moveTo(at: number): Promise<void> {
    this.#world.advanceTo(at);
  }

  async run(factor: number): Promise<void> {
    this.#world.run(factor);
  }

  async pause(): Promise<void> {
    this.#world.pause();
  }

  async boot(boot: Boot): Promise<void> {
    this.#machine.boot(boot);
  }

  async press(rating: Rating): Promise<Push> {
    return this.#machine.press(rating);
  }

  async link(up: boolean): Promise<void> {
    this.#machine.link(up);
  }

  async pending(): Promise<number | undefined> {
    return this.#machine.status()?.pending;
  }

  stop(): Promise<void> {
    return this.#machine.stop();
  }

  async kill(): Promise<void> {
    this.#machine.kill();
  }

  async close(): Promise<void> {
    this.#machine.kill();
    this.#world.pause();
  }
}
