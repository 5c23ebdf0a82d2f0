import { runTool, type ToolEnd, type ToolEnvironment, ToolProcess } from './tool-process.js';

type State =
  | { name: 'off' }
  | { name: 'on' | 'releasing'; holder: ToolProcess }
  | { name: 'switching-off'; run: Promise<ToolEnd> }
  | { name: 'done' };

/**
 * One output line. A line keeps its value only while a `gpioset` holds it, so being on is a running process; off is
 * set once and then left to the resistor in the wiring, so that the way from off to on is a single start.
 * (gpioset's interactive mode would be faster, but Debian builds it without.)
 */
export class GpioOutput {
  readonly #chip: string;
  readonly #line: string;
  readonly #environment: ToolEnvironment;
  readonly #onFailed: (end: ToolEnd) => void;
  #wanted = false;
  #state: State = { name: 'off' };

  /** `line`: offset or name. `onFailed` is called once at most: the output is done then. */
  constructor(chip: string, line: string, environment: ToolEnvironment, onFailed: (end: ToolEnd) => void) {
    this.#chip = chip;
    this.#line = line;
    this.#environment = environment;
    this.#onFailed = onFailed;
  }

  /** Switches it off, whatever an earlier run left; resolves when that is done or has failed. */
  async start(): Promise<void> {
    await this.#switchOff();
  }

  set(on: boolean): void {
    this.#wanted = on;
    this.#pursue();
  }

  /** Off, and the line free for others. */
  async stop(): Promise<void> {
    const state = this.#state;
    this.#state = { name: 'done' };
    if (state.name === 'switching-off') await state.run;
    if (state.name !== 'on' && state.name !== 'releasing') return;
    await state.holder.end();
    await this.#runOff();
  }

  /** One step at a time: a line can be taken anew only when its last holder has gone. */
  #pursue(): void {
    if (this.#state.name === 'off' && this.#wanted) this.#switchOn();
    else if (this.#state.name === 'on' && !this.#wanted) {
      const { holder } = this.#state;
      this.#state = { name: 'releasing', holder };
      void holder.end();
    }
  }

  #switchOn(): void {
    const args = this.#arguments(`${this.#line}=1`);
    const holder = new ToolProcess('gpioset', args, this.#environment, { ended: (end) => this.#onHolderEnded(end) });
    this.#state = { name: 'on', holder };
  }

  #onHolderEnded(end: ToolEnd): void {
    if (this.#state.name === 'on') this.#fail(end);
    else if (this.#state.name === 'releasing') void this.#switchOff();
  }

  async #switchOff(): Promise<void> {
    const run = this.#runOff();
    this.#state = { name: 'switching-off', run };
    const end = await run;
    if (this.#state.name !== 'switching-off') return;
    if (end.code !== 0) {
      this.#fail(end);
      return;
    }
    this.#state = { name: 'off' };
    this.#pursue();
  }

  /** With a last period of 0 gpioset sets the line and ends at once. */
  #runOff(): Promise<ToolEnd> {
    return runTool('gpioset', this.#arguments('--toggle', '0', `${this.#line}=0`), this.#environment);
  }

  #arguments(...args: string[]): string[] {
    return ['--consumer', 'hymio', '--chip', this.#chip, ...args];
  }

  #fail(end: ToolEnd): void {
    this.#state = { name: 'done' };
    this.#onFailed(end);
  }
}
