/** Who started this process and watches over it. Nothing here waits, and nothing here throws. */
export interface Supervisor {
  /** `alive` is expected at least this often, ms; undefined where no watchdog runs. */
  readonly feedEveryMs: number | undefined;
  /** The firmware is up; `text` says for people what it does. */
  ready(text: string): void;
  /** Feeds the watchdog. */
  alive(): void;
  /** One line for people on how it is. */
  status(text: string): void;
  /** The end has begun. Resolves once that was told, or could not be. */
  stopping(): Promise<void>;
}

/** Nobody watches: a start by hand. */
export const NO_SUPERVISOR: Supervisor = {
  feedEveryMs: undefined,
  ready: () => undefined,
  alive: () => undefined,
  status: () => undefined,
  stopping: () => Promise.resolve(),
};
