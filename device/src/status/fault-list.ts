import type { Fault } from '@hymio/protocol';

/** What is wrong with this terminal now, one entry per code, in the order it was noticed. */
export class FaultList {
  readonly #faults = new Map<string, Fault>();
  readonly #now: () => number;
  readonly #onChange: () => void;

  constructor(now: () => number, onChange: () => void) {
    this.#now = now;
    this.#onChange = onChange;
  }

  raise(code: string, detail?: string): void {
    const known = this.#faults.get(code);
    if (known && known.detail === detail) return;
    const fault: Fault = { code, since: known?.since ?? this.#now() };
    this.#faults.set(code, detail === undefined ? fault : { ...fault, detail: detail.slice(0, 500) });
    this.#onChange();
  }

  clear(code: string): void {
    if (this.#faults.delete(code)) this.#onChange();
  }

  list(): Fault[] {
    return [...this.#faults.values()].slice(0, 100);
  }
}
