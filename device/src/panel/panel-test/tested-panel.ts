import type { Cancel, Clock, Rating } from '@hymio/protocol';
import type { PanelNumber } from '../../journal/known-numbers.js';
import { SILENT_LOG } from '../../log/log.js';
import type { ButtonRules } from '../buttons/button-rules.js';
import type { PanelDriver } from '../driver/panel-driver.js';
import type { PressFacts, PressOutcome } from '../panel.js';
import { SupervisedPanel } from '../supervised-panel.js';
import {
  beginPanelTest,
  type PanelOutputs,
  type PanelTest,
  type PanelTestEffect,
  type PanelTestEvent,
  type PanelTestOutcome,
  stepPanelTest,
} from './step-panel-test.js';

export interface TestedPanelOptions {
  makeDriver: () => PanelDriver;
  pressesFrom: 'edges' | 'panel';
  outputs: PanelOutputs;
  rules: ButtonRules;
  clock: Clock;
  /** A line for whoever tests. */
  say: (line: string) => void;
}

export interface PanelTestEnd {
  outcome: PanelTestOutcome;
  /** What kept the panel from working at the end. */
  fault: string | undefined;
}

/** Carries out a panel test on a real panel, and lets go of it at the end. */
export class TestedPanel {
  readonly #options: TestedPanelOptions;
  readonly #panel: SupervisedPanel;
  #test: PanelTest;
  #cancel: Cancel = () => undefined;
  #onDone: (end: PanelTestEnd) => void = () => undefined;
  /** When the panel worked first, boot ms. */
  #readyMs = Number.POSITIVE_INFINITY;
  /** Presses of the test by their number. */
  readonly #taken = new Set<string>();

  constructor(options: TestedPanelOptions) {
    const { makeDriver, pressesFrom, rules, clock } = options;
    this.#options = options;
    this.#test = beginPanelTest(options.outputs).test;
    this.#panel = new SupervisedPanel({
      makeDriver,
      pressesFrom,
      rules,
      clock,
      random: Math.random,
      log: SILENT_LOG,
      usage: { load: () => undefined, save: () => undefined },
      observer: {
        ready: (description) => this.#onReady(description),
        failed: (code, detail) => this.#give({ kind: 'failed', code, detail }),
        edge: ({ button, down }) => this.#give({ kind: 'edge', button, down }),
        pressed: (button, facts) => this.#give(this.#isOurs(facts) ? { kind: 'press', button } : { kind: 'earlier' }),
      },
    });
  }

  /** Runs the test once; resolves when the panel has been let go. */
  async run(): Promise<PanelTestEnd> {
    const done = new Promise<PanelTestEnd>((resolve) => {
      this.#onDone = resolve;
    });
    this.#follow(beginPanelTest(this.#options.outputs));
    this.#panel.start(
      // What is not kept is not settled: a press that was made before the test stays in the panel.
      (rating, facts = {}) => this.#take(rating, facts),
      {
        // It repeats a press until it has heard that it is settled.
        knows: (numbered) => this.#taken.has(identity(numbered)),
        fault: (code, detail) => {
          if (detail !== undefined && code.startsWith('button-')) this.#options.say(`fault ${code}: ${detail}`);
        },
        gatewaySilentMs: () => 0,
      },
    );
    const end = await done;
    this.#cancel();
    await this.#panel.stop();
    return end;
  }

  /** Ends the test now. */
  interrupt(): void {
    this.#give({ kind: 'stop' });
  }

  #onReady(description: string): void {
    if (this.#readyMs === Number.POSITIVE_INFINITY) this.#readyMs = this.#options.clock.monotonic();
    this.#give({ kind: 'ready', description });
  }

  #take(rating: Rating, facts: PressFacts): PressOutcome {
    if (!this.#isOurs(facts)) return { kept: false, code: 'made-before-the-test', rating };
    if (facts.numbered !== undefined) this.#taken.add(identity(facts.numbered));
    return { kept: true, epoch: '', seq: 0, rating };
  }

  #isOurs({ bootMs = 0, numbered, ageIsMinimum }: PressFacts): boolean {
    return numbered === undefined || (ageIsMinimum !== true && bootMs >= this.#readyMs);
  }

  #give(event: PanelTestEvent): void {
    this.#follow(stepPanelTest(this.#test, event));
  }

  #follow({ test, effects }: { test: PanelTest; effects: readonly PanelTestEffect[] }): void {
    this.#test = test;
    for (const effect of effects) {
      if (effect.kind === 'say') this.#options.say(effect.line);
      else if (effect.kind === 'show') this.#panel.show(effect.signal);
      else {
        this.#cancel();
        this.#cancel = this.#options.clock.after(effect.ms, () => this.#give({ kind: 'timeout' }));
      }
    }
    if (test.stage === 'done') this.#onDone({ outcome: test.outcome, fault: test.fault });
  }
}

function identity({ panelBoot, number }: PanelNumber): string {
  return `${panelBoot}/${number}`;
}
