import { type Clock, RATING_NAMES, type Rating } from '@hymio/protocol';
import type { DriverListener, PanelDriver, PanelFaultCode } from '../driver/panel-driver.js';
import { gpioFault } from './gpio-fault.js';
import { GpioOutput } from './gpio-output.js';
import type { GpioLine, GpioPanelConfig } from './gpio-panel-config.js';
import { EDGE_FORMAT, type KernelEdge, readMonitorLine } from './gpiomon-output.js';
import { findHeaderChip, type GpioChip, lineArgument, readChips } from './header-chip.js';
import { initialContacts } from './initial-contacts.js';
import { kernelMonotonicMs, MonotonicToBoot } from './monotonic-to-boot.js';
import { runTool, type ToolEnd, type ToolEnvironment, ToolProcess } from './tool-process.js';
import { missingTools, versionFault } from './tool-version.js';

const START_TIMEOUT_MS = 5_000;

export interface GpioPanelOptions {
  config: Omit<GpioPanelConfig, 'type'>;
  clock: Clock;
  /** Surroundings of the tools that differ from ours, such as PATH. */
  environment?: ToolEnvironment;
}

interface Fault {
  code: PanelFaultCode;
  detail: string;
}

interface Outputs {
  light: GpioOutput | undefined;
  beeper: GpioOutput | undefined;
}

type State =
  | { name: 'idle' }
  | { name: 'looking'; listener: DriverListener }
  | { name: 'starting' | 'ready'; listener: DriverListener; outputs: Outputs; monitor: ToolProcess | undefined }
  | { name: 'failing' | 'closed' };

/** Buttons, light and beeper on GPIO lines, through the tools of libgpiod 2 (docs/wiring.md). */
export class GpioPanelDriver implements PanelDriver {
  readonly #options: GpioPanelOptions;
  readonly #environment: ToolEnvironment;
  #state: State = { name: 'idle' };
  #finished: Promise<void> = Promise.resolve();

  constructor(options: GpioPanelOptions) {
    this.#options = options;
    this.#environment = options.environment ?? {};
  }

  open(listener: DriverListener): void {
    if (this.#state.name !== 'idle') throw new Error('A panel driver is opened once.');
    this.#state = { name: 'looking', listener };
    this.#finished = this.#start(listener);
  }

  light(on: boolean): void {
    if (this.#state.name === 'ready') this.#state.outputs.light?.set(on);
  }

  beep(on: boolean): void {
    if (this.#state.name === 'ready') this.#state.outputs.beeper?.set(on);
  }

  /** Lines have no memory: there is nothing to settle. */
  settle(): void {
    return;
  }

  async close(): Promise<void> {
    const state = this.#state;
    this.#state = { name: 'closed' };
    await release(state);
    await this.#finished;
  }

  async #start(listener: DriverListener): Promise<void> {
    const found = await this.#look();
    if (this.#state.name !== 'looking') return;
    if ('code' in found) {
      this.#state = { name: 'closed' };
      listener.failed(found.code, found.detail);
      return;
    }
    const outputs = { light: this.#output(found, 'led'), beeper: this.#output(found, 'beeper') };
    this.#state = { name: 'starting', listener, outputs, monitor: undefined };
    await Promise.all([outputs.light?.start(), outputs.beeper?.start()]);
    const down = await initialContacts(this.#requestOptions(found), this.#buttonLines(found), this.#environment);
    const state: State = this.#state;
    if (state.name !== 'starting') return;
    if (down.length > 0) listener.contacts?.(down);
    state.monitor = this.#monitor(found);
  }

  /** The chip to work with, or what is in the way. */
  async #look(): Promise<GpioChip | Fault> {
    const version = await runTool('gpiomon', ['--version'], this.#environment);
    if (version.missing) return missingTools();
    const wrong = versionFault(version.stdout);
    if (wrong !== undefined) return wrong;
    const { chip } = this.#options.config;
    const detect = await runTool('gpiodetect', chip === undefined ? [] : [chip], this.#environment);
    const chips = readChips(detect.stdout);
    const found = chip === undefined ? findHeaderChip(chips) : chips[0];
    if (found !== undefined) return found;
    // Without any chip it ends with 1 as well, and says nothing.
    if (detect.stderr !== '') return gpioFault('gpiodetect', detect.stderr, detect.how);
    const seen =
      chips.length === 0 ? 'there is none' : chips.map(({ name, label }) => `${name} is ${label}`).join(', ');
    return {
      code: 'panel-not-found',
      detail: `no GPIO chip of a Raspberry Pi's header (${seen}); name the right one as panel.chip`,
    };
  }

  #output(chip: GpioChip, which: 'led' | 'beeper'): GpioOutput | undefined {
    const line = this.#options.config[which];
    if (line === undefined) return undefined;
    return new GpioOutput(chip.name, lineArgument(line, chip), this.#environment, (end) =>
      this.#onEnded('gpioset', end),
    );
  }

  #monitor(chip: GpioChip): ToolProcess {
    const { config, clock } = this.#options;
    const buttons = this.#buttonLines(chip).map((line, index) => ({ line, button: index as Rating }));
    const times = new MonotonicToBoot(kernelMonotonicMs, () => clock.monotonic());
    const cancelTimeout = clock.after(START_TIMEOUT_MS, () => {
      if (this.#state.name === 'starting') this.#fail('panel-failed', 'gpiomon did not get the lines in time');
    });
    const onLine = (line: string): void => {
      const read = readMonitorLine(line);
      if (read === undefined) this.#fail('panel-failed', `gpiomon said what is not understood: ${line}`);
      else if (read === 'banner') {
        cancelTimeout();
        this.#onMonitoring(describe(chip, config.lines));
      } else this.#onEdge(read, buttons, times);
    };
    const args = [...this.#monitorOptions(chip), ...buttons.map(({ line }) => line)];
    return new ToolProcess('gpiomon', args, this.#environment, {
      line: onLine,
      ended: (end) => {
        cancelTimeout();
        this.#onEnded('gpiomon', end);
      },
    });
  }

  /** Lines of the buttons as the tools are told of them, by rating. */
  #buttonLines(chip: GpioChip): string[] {
    return RATING_NAMES.map((name) => lineArgument(this.#options.config.lines[name], chip));
  }

  #requestOptions(chip: GpioChip): string[] {
    const { activeLow } = this.#options.config;
    const level = activeLow ? ['--bias', 'pull-up', '--active-low'] : ['--bias', 'pull-down'];
    return ['--consumer', 'hymio', '--chip', chip.name, ...level];
  }

  /**
   * No debounce: it is done above, and chattering contacts are to be seen. No `--event-clock`: monotonic is the
   * default, and libgpiod 2.0 takes the word "monotonic" for another clock.
   */
  #monitorOptions(chip: GpioChip): string[] {
    return ['--banner', ...this.#requestOptions(chip), '--edges', 'both', '--format', EDGE_FORMAT];
  }

  #onMonitoring(description: string): void {
    const state = this.#state;
    if (state.name !== 'starting') return;
    this.#state = { ...state, name: 'ready' };
    state.listener.ready(description);
  }

  #onEdge(edge: KernelEdge, buttons: readonly { line: string; button: Rating }[], times: MonotonicToBoot): void {
    if (this.#state.name !== 'ready') return;
    const { offset, name, rising } = edge;
    const found = buttons.find(({ line }) => line === String(offset) || line === name);
    if (found === undefined) return;
    const bootMs = times.convert(edge.monotonicMs);
    this.#state.listener.edge({ button: found.button, down: rising, bootMs, exact: true });
  }

  #onEnded(tool: string, end: ToolEnd): void {
    const { code, detail } = end.missing ? missingTools() : gpioFault(tool, end.stderr, end.how);
    // A chip that worked until now was there: it went away.
    const gone = this.#state.name === 'ready' && code === 'panel-not-found';
    this.#fail(gone ? 'panel-unplugged' : code, gone ? `the GPIO chip went away (${end.stderr.trim()})` : detail);
  }

  #fail(code: PanelFaultCode, detail: string): void {
    const state = this.#state;
    if (state.name !== 'starting' && state.name !== 'ready') return;
    this.#state = { name: 'failing' };
    this.#finished = release(state).then(() => {
      if (this.#state.name === 'failing') state.listener.failed(code, detail);
    });
  }
}

async function release(state: State): Promise<void> {
  if (state.name !== 'starting' && state.name !== 'ready') return;
  await Promise.all([state.monitor?.end(), state.outputs.light?.stop(), state.outputs.beeper?.stop()]);
}

function describe(chip: GpioChip, lines: Readonly<Record<string, GpioLine>>): string {
  const pins = RATING_NAMES.map((name) => String(lines[name])).join(', ');
  return `buttons on ${chip.name} (${chip.label}), lines ${pins} from very unhappy to very happy`;
}
