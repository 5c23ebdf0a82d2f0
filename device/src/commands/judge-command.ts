import { type CommandMessage, commandMessageSchema, decode } from '@hymio/protocol';

/** What a message on the topic `command` means. */
export type CommandJudgement =
  | { kind: 'ignore'; why: 'malformed' | 'duplicate' | 'expired' | 'from-before-start' }
  | { kind: 'carry-out'; command: CommandMessage };

export interface CommandFacts {
  /** Of the commands that came lately. */
  seen: readonly string[];
  /** Wall time now, UTC ms, and when this firmware started by the same clock. */
  now: number;
  startedAt: number;
  /** Without it the wall time says nothing of when a command was given. */
  synced: boolean;
}

/**
 * A restart that was given before this start has been carried out by it: who sends it again, on purpose or by accident,
 * must not keep a terminal restarting.
 */
export function judgeCommand(payload: Uint8Array, { seen, now, startedAt, synced }: CommandFacts): CommandJudgement {
  const read = decode<CommandMessage>(commandMessageSchema, payload);
  if (!read.ok) return { kind: 'ignore', why: 'malformed' };
  const command = read.message;
  if (seen.includes(command.id)) return { kind: 'ignore', why: 'duplicate' };
  if (synced && now >= command.expiresAt) return { kind: 'ignore', why: 'expired' };
  if (synced && command.command === 'restart' && command.issuedAt < startedAt) {
    return { kind: 'ignore', why: 'from-before-start' };
  }
  return { kind: 'carry-out', command };
}
