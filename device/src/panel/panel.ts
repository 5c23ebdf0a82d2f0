import type { CommandRefusal, Rating, Settings } from '@hymio/protocol';
import type { PanelNumber } from '../journal/known-numbers.js';
import type { PanelProgress } from '../supervision/progress.js';

/** What became of a push. Only `kept` may be thanked for: the press is on disk. */
export type PressOutcome =
  | { kept: true; epoch: string; seq: number; rating: Rating }
  | { kept: false; rating: Rating; code: string };

/** What a panel knows of a press beyond its button. */
export interface PressFacts {
  /** CLOCK_BOOTTIME, ms: when it was made; negative where that was before this boot. Left out: now. */
  bootMs?: number;
  /** The contact chatters: the press may be none. */
  chattering?: true;
  /** It may be older than `bootMs` says. */
  ageIsMinimum?: true;
  /** The panel's own number, committed with the press. */
  numbered?: PanelNumber;
}

export type OnPress = (rating: Rating, facts?: PressFacts) => PressOutcome;

/** What a panel with hardware asks and tells the firmware. */
export interface PanelHost {
  /** A press with this number was kept already: the panel did not hear so. */
  knows(numbered: PanelNumber): boolean;
  /** Raises a named fault; clears it where `detail` is undefined. */
  fault(code: string, detail: string | undefined): void;
  /** How long nothing shows that the gateway is there, ms. */
  gatewaySilentMs(): number;
}

/** What the gateway desires of a panel; what is absent is as the terminal's own configuration says. */
export type PanelSettings = Pick<Settings, 'lockoutMs' | 'thanks'>;

/** Four buttons and a light. */
export interface Panel {
  /** Starts to listen. `onPress` commits the press and returns what became of it, at once. */
  start(onPress: OnPress, host: PanelHost): void;
  /** Resolves once the hardware is free for others. */
  stop(): void | Promise<void>;
  /** How it is, for the watchdog; left out where nothing can fail. */
  progress?(): PanelProgress;
  /** Why it cannot do what is desired; undefined: it can. Left out where settings mean nothing to it. */
  cannot?(settings: PanelSettings): string | undefined;
  /** From now on so, whatever is being pressed. */
  apply?(settings: PanelSettings): void;
  /** Begins to blink for a while; returns why it cannot. Left out where there is no light. */
  identify?(): CommandRefusal | undefined;
}
