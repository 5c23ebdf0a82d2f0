import type { Clock, Random, Rating } from '@hymio/protocol';
import type { Log } from '../log/log.js';
import type { ButtonRules } from './buttons/button-rules.js';
import type { ButtonEdge, PanelDriver, PanelFaultCode } from './driver/panel-driver.js';
import type { PressFacts, PressOutcome } from './panel.js';
import type { PanelSignals } from './panel-manner.js';
import type { UsageShelf } from './usage-watch.js';

/** Told of everything that the panel does; for a test of the panel. */
export interface PanelObserver {
  ready?(description: string): void;
  failed?(code: PanelFaultCode, detail: string): void;
  edge?(edge: ButtonEdge): void;
  pressed?(rating: Rating, facts: PressFacts, outcome: PressOutcome): void;
}

export interface SupervisedPanelOptions {
  /** A fresh driver for each attempt. */
  makeDriver: () => PanelDriver;
  clock: Clock;
  random: Random;
  log: Log;
  /** Remembers over restarts which buttons were used. */
  usage: UsageShelf;
  rules?: ButtonRules;
  /** Left out: it has both. */
  has?: PanelSignals;
  observer?: PanelObserver;
  /** `panel`: contact changes are only shown to the observer, since the panel makes presses of them itself. */
  pressesFrom?: 'edges' | 'panel';
}
