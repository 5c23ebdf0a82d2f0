import type { Cancel, CommandRefusal, Rating } from '@hymio/protocol';
import type { PanelProgress } from '../supervision/progress.js';
import {
  type ButtonEffect,
  type ButtonEvent,
  buttonsDueMs,
  INITIAL_BUTTONS,
  isChattering,
  isSettled,
  stepButtons,
} from './buttons/step-buttons.js';
import type { DriverListener, NumberedPress, PanelDriver, PanelFaultCode, Signal } from './driver/panel-driver.js';
import { IdentifyBlink } from './indicator/identify-blink.js';
import { Indicator } from './indicator/indicator.js';
import { NO_CONTACT_EVERY_MS } from './indicator/patterns.js';
import { LateReadings } from './late-readings.js';
import type { OnPress, Panel, PanelHost, PanelSettings, PressFacts } from './panel.js';
import { PanelFaults } from './panel-faults.js';
import { PanelManner } from './panel-manner.js';
import { RetrySchedule } from './retry-schedule.js';
import type { SupervisedPanelOptions } from './supervised-panel-options.js';
import { UsageWatch } from './usage-watch.js';

/** No driver needs longer to say whether its panel works. */
const OPEN_TIMEOUT_MS = 30_000;
/** Time passes for the buttons with this delay, so that a change that was reported late is not overtaken by it. */
const LATENESS_MS = 500;
/** Nobody waits for the thanks for an older press. */
const THANK_WITHIN_MS = 2_000;
const NO_CONTACT_AFTER_MS = 24 * 3_600_000;

interface Work {
  onPress: OnPress;
  host: PanelHost;
}
type State =
  | { kind: 'stopped' }
  | ({ kind: 'waiting'; code: PanelFaultCode; untilMs: number; cancel: Cancel } & Work)
  | ({ kind: 'opening'; driver: PanelDriver; sinceMs: number; cancel: Cancel } & Work)
  | ({ kind: 'ready'; driver: PanelDriver; sinceMs: number; cancel: Cancel } & Work);

/** A panel with hardware: opened again and again until it works, debounced, lit, its faults named. */
export class SupervisedPanel implements Panel {
  readonly #options: SupervisedPanelOptions;
  readonly #manner: PanelManner;
  readonly #indicator: Indicator;
  readonly #blink: IdentifyBlink;
  readonly #usage: UsageWatch;
  #state: State = { kind: 'stopped' };
  #buttons = INITIAL_BUTTONS;
  #cancelDue: Cancel = () => undefined;
  readonly #faults: PanelFaults;
  readonly #retries = new RetrySchedule();
  readonly #late = new LateReadings();
  readonly #dropped = new Map<string, number>();

  constructor(options: SupervisedPanelOptions) {
    this.#options = options;
    this.#manner = new PanelManner(options.rules, options.has);
    this.#usage = new UsageWatch(options.usage, options.clock);
    this.#faults = new PanelFaults(options.clock, (code, detail) => this.#host()?.fault(code, detail));
    const output = {
      light: (on: boolean) => this.#driver()?.light(on),
      beep: (on: boolean) => this.#driver()?.beep(on),
    };
    this.#indicator = new Indicator(options.clock, output, (signal) => this.#manner.pattern(signal));
    this.#blink = new IdentifyBlink(options.clock, this.#indicator);
  }

  start(onPress: OnPress, host: PanelHost): void {
    this.#open({ onPress, host });
  }

  async stop(): Promise<void> {
    const state = this.#state;
    if (state.kind === 'stopped') return;
    state.cancel();
    this.#cancelDue();
    this.#blink.stop();
    if (state.kind === 'ready') this.#indicator.show('off');
    this.#indicator.forget();
    this.#faults.stop();
    this.#state = { kind: 'stopped' };
    this.#buttons = INITIAL_BUTTONS;
    this.#usage.stop();
    if (state.kind !== 'waiting') await state.driver.close();
  }

  /** Shows a signal now, for a test of the light. */
  show(signal: Signal): void {
    this.#indicator.show(signal);
  }

  cannot(settings: PanelSettings): string | undefined {
    return this.#manner.cannot(settings);
  }

  apply(settings: PanelSettings): void {
    this.#manner.desire(settings);
    if (isSettled(this.#buttons)) this.#manner.settled();
  }

  identify(): CommandRefusal | undefined {
    if (!this.#manner.hasLight) return 'no-light';
    if (this.#state.kind !== 'ready') return 'no-panel';
    this.#blink.start();
    return undefined;
  }

  progress(): PanelProgress {
    const state = this.#state;
    const now = this.#options.clock.monotonic();
    if (state.kind === 'opening') return { kind: 'opening', forMs: now - state.sinceMs };
    return state.kind === 'waiting' ? { kind: 'faulty', code: state.code, nextInMs: state.untilMs - now } : READY;
  }

  #open(work: Work): void {
    const { clock, makeDriver } = this.#options;
    const driver = makeDriver();
    const cancel = clock.after(OPEN_TIMEOUT_MS, () => {
      driver.close().catch((error: unknown) => this.#options.log.error('panel not closed', { error: String(error) }));
      this.#failed(driver, 'panel-silent', `no answer within ${OPEN_TIMEOUT_MS / 1000} s`);
    });
    this.#state = { kind: 'opening', driver, sinceMs: clock.monotonic(), cancel, ...pick(work) };
    driver.open(this.#listener(driver));
  }

  /** What a driver says that is no longer ours is not heard. */
  #listener(driver: PanelDriver): DriverListener {
    const ours = (act: () => void): void => {
      if (this.#driver() === driver) act();
    };
    return {
      ready: (description) => ours(() => this.#ready(driver, description)),
      restarted: (description) => ours(() => this.#restarted(description)),
      failed: (code, detail) => this.#failed(driver, code, detail),
      edge: (edge) =>
        ours(() => {
          this.#options.observer?.edge?.(edge);
          const { button, down, bootMs } = edge;
          if (this.#options.pressesFrom === 'panel') return;
          this.#step({ kind: 'edge', button, down, bootMs, ...this.#late.doubt(edge, this.#manner.rules.lockoutMs) });
        }),
      press: (press) => ours(() => this.#numbered(driver, press)),
      contacts: (down) => ours(() => this.#step({ kind: 'contacts', down, bootMs: this.#options.clock.monotonic() })),
      dropped: (panelBoot, total) => ours(() => this.#noteDropped(panelBoot, total)),
    };
  }

  #ready(driver: PanelDriver, description: string): void {
    const state = this.#state;
    if (state.kind !== 'opening') return;
    const { clock, log, observer } = this.#options;
    state.cancel();
    this.#state = { kind: 'ready', driver, sinceMs: clock.monotonic(), cancel: this.#everyMinute(), ...pick(state) };
    this.#step({ kind: 'ready', bootMs: clock.monotonic() });
    this.#usage.working(true);
    this.#faults.clear();
    log.info('panel ready', { panel: description });
    observer?.ready?.(description);
    this.#indicator.show('starting');
  }

  #failed(driver: PanelDriver, code: PanelFaultCode, detail: string): void {
    const state = this.#state;
    if ((state.kind !== 'opening' && state.kind !== 'ready') || state.driver !== driver) return;
    const { clock, random } = this.#options;
    state.cancel();
    this.#indicator.forget();
    this.#blink.stop();
    const workedMs = state.kind === 'ready' ? clock.monotonic() - state.sinceMs : 0;
    const delayMs = this.#retries.afterFailure(code, workedMs, random());
    const cancel = clock.after(delayMs, () => this.#open(pick(state)));
    this.#state = { kind: 'waiting', code, untilMs: clock.monotonic() + delayMs, cancel, ...pick(state) };
    this.#step({ kind: 'lost', bootMs: clock.monotonic() });
    this.#usage.working(false);
    this.#name(code, detail);
  }

  /** It has lost nothing and needs nothing of us; but one that does so often has a bad supply. */
  #restarted(description: string): void {
    this.#name('panel-reset', `${description}: it has started anew`);
    this.#faults.clear();
    this.#options.observer?.ready?.(description);
  }

  #name(code: PanelFaultCode, detail: string): void {
    const { log, observer } = this.#options;
    if (this.#faults.raise(code, detail)) log.warn('fault of the panel', { code, detail });
    observer?.failed?.(code, detail);
  }

  #step(event: ButtonEvent): void {
    const { state, effects } = stepButtons(this.#buttons, event, this.#manner.rules);
    this.#buttons = state;
    if (isSettled(state)) this.#manner.settled();
    for (const effect of effects) this.#perform(effect);
    this.#plan();
  }

  #plan(): void {
    const { clock } = this.#options;
    this.#cancelDue();
    const dueMs = buttonsDueMs(this.#buttons, this.#manner.rules);
    if (dueMs === undefined) return;
    const delayMs = Math.max(0, dueMs + LATENESS_MS - clock.monotonic());
    this.#cancelDue = clock.after(delayMs, () =>
      this.#step({ kind: 'time', bootMs: Math.max(dueMs, clock.monotonic() - LATENESS_MS) }),
    );
  }

  #perform(effect: ButtonEffect): void {
    if (effect.kind === 'fault') {
      this.#host()?.fault(effect.code, effect.detail);
      return;
    }
    const { button, bootMs, chattering } = effect;
    this.#press(button, chattering ? { bootMs, chattering } : { bootMs });
  }

  #numbered(driver: PanelDriver, { button, panelBoot, number, bootMs, ageIsMinimum }: NumberedPress): void {
    const numbered = { panelBoot, number };
    const known = this.#host()?.knows(numbered) === true;
    const bad = isChattering(this.#buttons, button) ? { chattering: true as const } : {};
    const facts = { bootMs, numbered, ...bad, ...(ageIsMinimum === undefined ? {} : { ageIsMinimum }) };
    if (!known && !this.#press(button, facts)) return;
    driver.settle(panelBoot, number);
    // One that was not kept comes again: it counts when it is.
    if (!known) this.#step({ kind: 'made', button, bootMs });
  }

  /** True where it is kept. */
  #press(button: Rating, facts: PressFacts & { bootMs: number }): boolean {
    const state = this.#state;
    if (state.kind !== 'ready') return false;
    const { clock } = this.#options;
    const sinceMs = clock.monotonic();
    const outcome = state.onPress(button, facts);
    const untilMs = clock.monotonic();
    this.#late.kept(sinceMs, untilMs);
    const ageMs = untilMs - facts.bootMs;
    if (ageMs < THANK_WITHIN_MS) this.#indicator.show(outcome.kept ? 'thanks' : 'not-counted');
    if (outcome.kept) this.#usage.pressed(button);
    this.#options.observer?.pressed?.(button, facts, outcome);
    return outcome.kept;
  }

  #noteDropped(panelBoot: string, total: number): void {
    this.#dropped.set(panelBoot, total);
    const lost = [...this.#dropped.values()].reduce((sum, count) => sum + count, 0);
    this.#host()?.fault('panel-memory-full', `${lost} presses found the panel's memory full and are lost`);
  }

  /** What is looked at once a minute while the panel works; returns how to stop it. */
  #everyMinute(): Cancel {
    const { clock } = this.#options;
    const look = (): void => {
      cancel = clock.after(NO_CONTACT_EVERY_MS, look);
      const silent = (this.#host()?.gatewaySilentMs() ?? 0) >= NO_CONTACT_AFTER_MS;
      if (silent && this.#indicator.idle) this.#indicator.show('no-contact');
      this.#host()?.fault('button-suspicious', this.#usage.suspicious());
    };
    let cancel = clock.after(NO_CONTACT_EVERY_MS, look);
    return () => cancel();
  }

  #driver(): PanelDriver | undefined {
    return this.#state.kind === 'opening' || this.#state.kind === 'ready' ? this.#state.driver : undefined;
  }

  #host(): PanelHost | undefined {
    return this.#state.kind === 'stopped' ? undefined : this.#state.host;
  }
}

const READY: PanelProgress = { kind: 'ready' };

function pick({ onPress, host }: Work): Work {
  return { onPress, host };
}
