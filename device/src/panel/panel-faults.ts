import type { Cancel, Clock } from '@hymio/protocol';
import type { PanelFaultCode } from './driver/panel-driver.js';

/** Two statuses are up to 5 s apart: a fault that is named longer than that stands in one, however short it was. */
export const NAMED_AT_LEAST_MS = 6_000;

type State =
  | { kind: 'none' }
  | { kind: 'named'; code: PanelFaultCode; sinceMs: number }
  /** The panel works again. */
  | { kind: 'leaving'; code: PanelFaultCode; sinceMs: number; cancel: Cancel };

/** Names what keeps a panel from working: one fault at a time, each long enough to be told. */
export class PanelFaults {
  readonly #clock: Clock;
  readonly #name: (code: PanelFaultCode, detail: string | undefined) => void;
  #state: State = { kind: 'none' };

  /** `name` raises a fault, or takes it back where `detail` is undefined. */
  constructor(clock: Clock, name: (code: PanelFaultCode, detail: string | undefined) => void) {
    this.#clock = clock;
    this.#name = name;
  }

  /**
   * The panel does not work; true where that is news. One that was pulled out stays so named while it is not found:
   * that is what staff can mend.
   */
  raise(code: PanelFaultCode, detail: string): boolean {
    const state = this.#state;
    if (state.kind === 'named' && state.code === 'panel-unplugged' && code === 'panel-not-found') return false;
    if (state.kind === 'leaving') state.cancel();
    const same = state.kind !== 'none' && state.code === code;
    if (state.kind !== 'none' && !same) this.#name(state.code, undefined);
    const sinceMs = same ? state.sinceMs : this.#clock.monotonic();
    this.#state = { kind: 'named', code, sinceMs };
    this.#name(code, detail);
    return state.kind !== 'named' || !same;
  }

  /** The panel works. */
  clear(): void {
    const state = this.#state;
    if (state.kind !== 'named') return;
    const { code, sinceMs } = state;
    const leftMs = sinceMs + NAMED_AT_LEAST_MS - this.#clock.monotonic();
    const leave = (): void => {
      this.#state = { kind: 'none' };
      this.#name(code, undefined);
    };
    if (leftMs <= 0) leave();
    else this.#state = { kind: 'leaving', code, sinceMs, cancel: this.#clock.after(leftMs, leave) };
  }

  /** Says nothing more. */
  stop(): void {
    if (this.#state.kind === 'leaving') this.#state.cancel();
    this.#state = { kind: 'none' };
  }
}
