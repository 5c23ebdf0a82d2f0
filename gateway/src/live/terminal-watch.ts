import type { Board } from '../board/board.js';
import type { BoardTerminal, Snapshot } from '../board/snapshot.js';
import { type TerminalView, viewTerminal } from '../terminals/terminal-view.js';

export type TerminalChangeListener = (terminal: TerminalView) => void;

/** Tells listeners when the state of a terminal has changed, also by falling silent. Idle while no one listens. */
export class TerminalWatch {
  readonly #board: Board;
  readonly #listeners = new Set<TerminalChangeListener>();
  #before: Snapshot | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(board: Board) {
    this.#board = board;
  }

  /** Listens until the returned function is called; only to changes from now on. */
  subscribe(listener: TerminalChangeListener): () => void {
    const own: TerminalChangeListener = (terminal) => listener(terminal);
    this.#listeners.add(own);
    this.#unsubscribe ??= this.#board.subscribe((snapshot) => this.#compare(snapshot));
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) this.stop();
    };
  }

  /** Stops listening; a later `subscribe` begins anew. */
  stop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#before = undefined;
    this.#listeners.clear();
  }

  #compare(snapshot: Snapshot): void {
    const before = this.#before;
    this.#before = snapshot;
    if (before === undefined) return;
    for (let index = 0; index < snapshot.terminals.length; index += 1) {
      const terminal = snapshot.terminals[index];
      if (terminal === undefined || before.terminals[index] === terminal) continue;
      const old = before.terminal(terminal.record.id);
      const view = viewOf(terminal);
      if (old !== undefined && essence(viewOf(old)) === essence(view)) continue;
      for (const listener of this.#listeners) listener(view);
    }
  }
}

function viewOf({ record, state }: BoardTerminal): TerminalView {
  return viewTerminal(record, state);
}

/** What counts as a change: not each heartbeat. */
function essence({ state, servicePoint, name, lostPresses, missingPresses, pending }: TerminalView): string {
  const since = state.kind === 'working' ? null : state.since;
  const faults = state.faults.map((fault) => fault.code);
  return JSON.stringify([
    state.kind,
    since,
    faults,
    servicePoint,
    name,
    lostPresses,
    missingPresses,
    (pending ?? 0) > 0,
  ]);
}
