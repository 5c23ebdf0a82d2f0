import { type AnswerMessage, type CommandRefusal, type Diagnostics, explainError } from '@hymio/protocol';
import type { DeviceClock } from '../clock/device-clock.js';
import type { Log } from '../log/log.js';
import type { Panel } from '../panel/panel.js';
import type { Transport } from '../transport/transport.js';
import { judgeCommand } from './judge-command.js';

/** So many commands are remembered, to know one that comes twice. */
const REMEMBERED = 100;

export interface CommandParts {
  clock: DeviceClock;
  log: Log;
  panel: Pick<Panel, 'identify'>;
  transport: Pick<Transport, 'publish'>;
  /** Ends the firmware so that it is started again; left out where nobody would. */
  restart?: (() => void) | undefined;
  diagnostics: () => Diagnostics;
}

type Result = { refused: CommandRefusal; detail?: string } | { diagnostics?: Diagnostics };

/** Carries out what the gateway asks for once, and answers. Nothing here keeps a press waiting. */
export class CommandDesk {
  readonly #parts: CommandParts;
  readonly #startedAtMs: number;
  #seen: readonly string[] = [];

  constructor(parts: CommandParts) {
    this.#parts = parts;
    this.#startedAtMs = parts.clock.monotonic();
  }

  receive(payload: Uint8Array): void {
    const { clock, log } = this.#parts;
    const now = clock.now();
    const startedAt = now - (clock.monotonic() - this.#startedAtMs);
    const judged = judgeCommand(payload, { seen: this.#seen, now, startedAt, synced: clock.synced() });
    if (judged.kind === 'ignore') {
      log.warn('command ignored', { why: judged.why });
      return;
    }
    const { id, command } = judged.command;
    this.#seen = [...this.#seen, id].slice(-REMEMBERED);
    const result = this.#carryOut(command);
    log.info('command', { command, id, ...('refused' in result ? { refused: result.refused } : {}) });
    this.#answer(id, result);
    // The answer is on its way before the end begins.
    if (command === 'restart' && !('refused' in result)) this.#parts.restart?.();
  }

  #carryOut(command: string): Result {
    const { panel, restart, diagnostics } = this.#parts;
    try {
      switch (command) {
        case 'identify': {
          const refused = panel.identify === undefined ? 'no-light' : panel.identify();
          return refused === undefined ? {} : { refused };
        }
        case 'restart':
          return restart === undefined ? { refused: 'not-supervised' } : {};
        case 'send-diagnostics':
          return { diagnostics: diagnostics() };
        default:
          return { refused: 'unknown-command' };
      }
    } catch (error) {
      return { refused: 'failed', detail: explainError(error).slice(0, 500) };
    }
  }

  #answer(id: string, result: Result): void {
    const at = Math.round(this.#parts.clock.now());
    const { refused, ...rest } = 'refused' in result ? result : { ...result, refused: undefined };
    const answer: AnswerMessage =
      refused === undefined
        ? { id, at, outcome: 'done', ...rest }
        : { id, at, outcome: 'refused', code: refused, ...rest };
    this.#parts.transport.publish({ kind: 'answer', payload: JSON.stringify(answer) });
  }
}
