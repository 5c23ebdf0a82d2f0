import type { DriverListener, PanelDriver, PanelFaultCode } from '@hymio/device';
import type { Rating } from '@hymio/protocol';

/** A driver whose hardware is the test: it says what it is told to, and notes its commands. */
export class FakeDriver implements PanelDriver {
  readonly commands: string[] = [];
  readonly #now: () => number;
  #listener: DriverListener | undefined;
  state: 'new' | 'open' | 'closed' = 'new';

  constructor(now: () => number) {
    this.#now = now;
  }

  open(listener: DriverListener): void {
    this.#listener = listener;
    this.state = 'open';
  }

  light(on: boolean): void {
    this.commands.push(`${this.#now()} light ${on ? 'on' : 'off'}`);
  }

  beep(on: boolean): void {
    this.commands.push(`${this.#now()} beep ${on ? 'on' : 'off'}`);
  }

  settle(panelBoot: string, number: number): void {
    this.commands.push(`${this.#now()} settle ${panelBoot} ${number}`);
  }

  async close(): Promise<void> {
    this.state = 'closed';
  }

  ready(): void {
    this.#listener?.ready('a panel');
  }

  restart(): void {
    this.#listener?.restarted?.('a panel');
  }

  fail(code: PanelFaultCode, detail = 'as the test wants'): void {
    this.state = 'closed';
    this.#listener?.failed(code, detail);
  }

  edge(button: Rating, down: boolean, bootMs = this.#now(), exact = false): void {
    this.#listener?.edge({ button, down, bootMs, ...(exact ? { exact } : {}) });
  }

  press(number: number, { button = 2 as Rating, panelBoot = 'p1', bootMs = this.#now() } = {}): void {
    this.#listener?.press({ button, panelBoot, number, bootMs });
  }

  contacts(...down: Rating[]): void {
    this.#listener?.contacts?.(down);
  }

  dropped(total: number, panelBoot = 'p1'): void {
    this.#listener?.dropped?.(panelBoot, total);
  }
}
