import type { PressOutcome } from '@hymio/device';
import type { Rating } from '@hymio/protocol';
import type { Boot } from '../time/simulated-clock.js';

/** A push of a button and what became of it. */
export interface Push {
  /** `died`: the terminal was killed before it answered; the press may be kept all the same. */
  outcome: PressOutcome | 'died';
  rating: Rating;
  /** True time of the push, UTC ms. */
  trueAt: number;
  /** What the terminal's own clock said, UTC ms. */
  wallAt: number;
}

/** One simulated terminal with its own piece of world time; what the fleet drives. */
export interface TerminalHost {
  readonly terminal: string;
  /** True time of this terminal, UTC ms. */
  now(): number;
  /** Moves the paused world ahead, UTC ms. */
  moveTo(at: number): Promise<void>;
  /** Lets the world go on by itself, `factor` times as fast as the real one. */
  run(factor: number): Promise<void>;
  pause(): Promise<void>;
  /** Starts the firmware in this boot of its machine; the same again after `kill` is a restart of the process. */
  boot(boot: Boot): Promise<void>;
  press(rating: Rating): Promise<Push>;
  /** Plugs the network in or out; out: without a goodbye. */
  link(up: boolean): Promise<void>;
  /** Presses that the gateway has not acknowledged; undefined while stopped. */
  pending(): Promise<number | undefined>;
  /** Stops the firmware as SIGTERM does. */
  stop(): Promise<void>;
  /** Ends it as a power cut does. Harmless where it does not run. */
  kill(): Promise<void>;
  /** Lets go of everything. */
  close(): Promise<void>;
}
