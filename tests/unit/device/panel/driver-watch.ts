import type { ButtonEdge, DriverListener, NumberedPress, PanelDriver, PanelFaultCode } from '@hymio/device';
import type { Rating } from '@hymio/protocol';

export type Seen =
  | { type: 'edge'; edge: ButtonEdge }
  | { type: 'press'; press: NumberedPress }
  | { type: 'ready'; description: string }
  | { type: 'contacts'; down: readonly Rating[] }
  | { type: 'restarted'; description: string }
  | { type: 'failed'; code: PanelFaultCode; detail: string }
  | { type: 'dropped'; panelBoot: string; total: number };

const PATIENCE_MS = 15_000;

/** What a driver reports, to be awaited. */
export class DriverWatch implements DriverListener {
  readonly seen: Seen[] = [];
  /** Called with each press; settling is up to the test. */
  onPress: ((press: NumberedPress) => void) | undefined;
  #waiting = new Set<() => void>();

  static open(driver: PanelDriver): DriverWatch {
    const watch = new DriverWatch();
    driver.open(watch);
    return watch;
  }

  edge(edge: ButtonEdge): void {
    this.#note({ type: 'edge', edge });
  }

  press(press: NumberedPress): void {
    this.#note({ type: 'press', press });
    this.onPress?.(press);
  }

  /** Only changes: it is told once a second. */
  contacts(down: readonly Rating[]): void {
    if (this.all('contacts').at(-1)?.down.join() !== down.join()) this.#note({ type: 'contacts', down });
  }

  ready(description: string): void {
    this.#note({ type: 'ready', description });
  }

  restarted(description: string): void {
    this.#note({ type: 'restarted', description });
  }

  failed(code: PanelFaultCode, detail: string): void {
    this.#note({ type: 'failed', code, detail });
  }

  dropped(panelBoot: string, total: number): void {
    this.#note({ type: 'dropped', panelBoot, total });
  }

  /** All of one kind so far. */
  all<T extends Seen['type']>(type: T): Extract<Seen, { type: T }>[] {
    return this.seen.filter((each): each is Extract<Seen, { type: T }> => each.type === type);
  }

  /** Resolves with the first one of a kind, seen already or to come; fails when the driver fails instead. */
  async first<T extends Seen['type']>(type: T): Promise<Extract<Seen, { type: T }>> {
    await this.until(() => this.all(type).length > 0 || this.all('failed').length > 0, `the first ${type}`);
    const [found] = this.all(type);
    if (found === undefined) throw new Error(`failed instead: ${JSON.stringify(this.seen)}`);
    return found;
  }

  /** Resolves when what is reported makes `done` true; looked at after each report. */
  until(done: () => boolean, what: string): Promise<void> {
    if (done()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${what}: never; seen: ${JSON.stringify(this.seen.slice(-9))}`)),
        PATIENCE_MS,
      );
      const look = () => {
        if (!done()) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
    });
  }

  #note(seen: Seen): void {
    this.seen.push(seen);
    for (const look of this.#waiting) look();
  }
}
