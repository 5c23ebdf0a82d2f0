import {
  type AnswerMessage,
  answerMessageSchema,
  type Cancel,
  type Clock,
  type CommandMessage,
  type CommandName,
  decode,
  HymioError,
  isTerminalId,
} from '@hymio/protocol';
import type { Actor } from '../exclusions/exclusion.js';
import type { GatewayLink } from '../link/gateway-link.js';
import type { LiveEvents } from '../live/live-events.js';
import { errorFields } from '../log/error-fields.js';
import type { Log } from '../log/log.js';
import type { Store } from '../store/store.js';
import type { CommandRun } from './command-run.js';

/** A terminal that is there answers within so long; later ones are not carried out. */
export const COMMAND_PATIENCE_MS = 10_000;
/** Runs that are shown of a terminal, and terminals of which any are. */
const SHOWN_RUNS = 5;
const SHOWN_TERMINALS = 1_000;

export interface CommandsParts {
  store: Pick<Store, 'settings' | 'terminals'>;
  link: Pick<GatewayLink, 'tell'>;
  live: LiveEvents;
  clock: Clock;
  log: Log;
  makeId: () => string;
}

interface Waiting {
  run: CommandRun;
  cancel: Cancel;
  end: (run: CommandRun) => void;
}

/** Commands to terminals: each is written down before it goes, and so is what became of it. */
export class Commands {
  readonly #parts: CommandsParts;
  readonly #waiting = new Map<string, Waiting>();
  readonly #runs = new Map<string, readonly CommandRun[]>();
  #stopped = false;

  constructor(parts: CommandsParts) {
    this.#parts = parts;
  }

  /** What was asked of a terminal since the start, newest first. */
  runs(terminal: string): readonly CommandRun[] {
    return this.#runs.get(terminal) ?? [];
  }

  /**
   * Resolves once it is sent and written down, with what will have become of it. Errors: HymioError `unknown-terminal`,
   * `gateway-stopping`.
   */
  async give(
    terminal: string,
    command: CommandName,
    by: Actor,
  ): Promise<{ run: CommandRun; ended: Promise<CommandRun> }> {
    const { store, clock, link, makeId } = this.#parts;
    const now = clock.now();
    if (!isTerminalId(terminal) || (await store.terminals(now, [terminal])).length === 0) {
      throw new HymioError(
        'unknown-terminal',
        `There is no terminal ${JSON.stringify(terminal)}.`,
        'Look at the list.',
      );
    }
    if (this.#stopped) {
      throw new HymioError(
        'gateway-stopping',
        'The gateway is stopping and sends no more commands.',
        'Try again once it runs.',
      );
    }
    const run: CommandRun = { id: makeId(), terminal, command, who: by.who, at: now, state: 'waiting' };
    await store.settings.note(terminal, 'command', { id: run.id, command }, by);
    const message: CommandMessage = { id: run.id, command, issuedAt: now, expiresAt: now + COMMAND_PATIENCE_MS };
    const ended = new Promise<CommandRun>((end) => {
      const cancel = clock.after(COMMAND_PATIENCE_MS, () => this.#end(run.id, { state: 'no-answer' }));
      this.#waiting.set(run.id, { run, cancel, end });
    });
    this.#show(run);
    // Also where it was stopped while that was written down: nobody would wait for an answer.
    if (this.#stopped || !link.tell(terminal, 'command', JSON.stringify(message)))
      this.#end(run.id, { state: 'not-sent' });
    return { run, ended };
  }

  /** An answer of a terminal; one that nobody waits for, or that another terminal should have given, is none. */
  receive(terminal: string, payload: Uint8Array): void {
    const read = decode<AnswerMessage>(answerMessageSchema, payload);
    if (!read.ok) {
      this.#parts.log.warn('answer not understood', { code: 'answer-malformed', terminal, reason: read.reason });
      return;
    }
    const { id, outcome, code, detail, diagnostics } = read.message;
    if (this.#waiting.get(id)?.run.terminal !== terminal) return;
    this.#end(id, {
      state: outcome,
      ...(code !== undefined && { code }),
      ...(detail !== undefined && { detail }),
      ...(diagnostics !== undefined && { diagnostics }),
    });
  }

  /** Ends what is waited for; a command given from now on is refused. */
  stop(): void {
    this.#stopped = true;
    for (const id of [...this.#waiting.keys()]) this.#end(id, { state: 'no-answer' });
  }

  #end(id: string, result: Pick<CommandRun, 'state' | 'code' | 'detail' | 'diagnostics'>): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    waiting.cancel();
    const { clock, store, log } = this.#parts;
    const run: CommandRun = { ...waiting.run, ...result, endedAt: clock.now() };
    const { terminal, command, who, state, code, detail } = run;
    const after = { id, command, state, ...(code !== undefined && { code }), ...(detail !== undefined && { detail }) };
    store.settings.note(terminal, 'command-answer', after, { who, at: clock.now() }).catch((error: unknown) => {
      log.error('what became of a command could not be written down', errorFields(error));
    });
    this.#show(run);
    waiting.end(run);
  }

  #show(run: CommandRun): void {
    const { terminal } = run;
    const others = this.runs(terminal).filter(({ id }) => id !== run.id);
    this.#runs.delete(terminal);
    this.#runs.set(terminal, [run, ...others].sort((a, b) => b.at - a.at).slice(0, SHOWN_RUNS));
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > SHOWN_TERMINALS && oldest !== undefined) this.#runs.delete(oldest);
    this.#parts.live.publish({ kind: 'command', terminal });
  }
}
