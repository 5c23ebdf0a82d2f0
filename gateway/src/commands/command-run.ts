import type { CommandName, Diagnostics } from '@hymio/protocol';

/** A command that somebody gave, and how far it is. Times are UTC ms by the gateway's clock. */
export interface CommandRun {
  id: string;
  terminal: string;
  command: CommandName;
  who: string;
  at: number;
  /** `not-sent`: there was no connection to the broker. */
  state: 'waiting' | 'done' | 'refused' | 'no-answer' | 'not-sent';
  endedAt?: number;
  /** With `refused`: why, as the terminal says it. */
  code?: string;
  detail?: string;
  diagnostics?: Diagnostics;
}
