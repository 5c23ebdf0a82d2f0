import type { BoardChange } from '../board/board-change.js';
import type { StoredPress } from '../store/store.js';

/** Something that has happened and is committed. */
export type LiveEvent =
  | { kind: 'press'; press: StoredPress }
  /** Something about this terminal may have changed: availability, status, losses, assignment. */
  | { kind: 'terminal'; terminal: string }
  /** The registry or what is excluded has changed: anything counted or placed may be otherwise. */
  | { kind: 'registry' }
  /** What is shown of all terminals and of today has been read anew, because something above had happened. */
  | { kind: 'board'; change: BoardChange }
  /** A command to this terminal was given, or came to its end. */
  | { kind: 'command'; terminal: string }
  /** An alert was opened, changed or closed. */
  | { kind: 'alert'; alert: number };

export type LiveListener = (event: LiveEvent) => void;

/** Where ingest tells, after its COMMIT, what is new; listeners hear only what happens while they listen. */
export class LiveEvents {
  readonly #listeners = new Set<LiveListener>();

  /** Tells every listener, in order; they must not throw and must not wait. */
  publish(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Listens until the returned function is called. */
  subscribe(listener: LiveListener): () => void {
    const own: LiveListener = (event) => listener(event);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }
}
