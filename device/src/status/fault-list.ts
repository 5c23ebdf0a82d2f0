import type { Fault } from '@hymio/protocol';

/** Characters of a detail that go into a status. */
const MAX_DETAIL = 500;

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
    const told = detail?.slice(0, MAX_DETAIL);
    if (known && known.detail === told) return;
    const fault: Fault = { code, since: known?.since ?? this.#now() };
    this.#faults.set(code, told === undefined ? fault : { ...fault, detail: told });
    this.#onChange();
  }

  clear(code: string): void {
    if (this.#faults.delete(code)) this.#onChange();
  }

  list(): Fault[] {
    return [...this.#faults.values()].slice(0, 100);
  }
}
