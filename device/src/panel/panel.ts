import type { Rating } from '@hymio/protocol';
import type { PanelProgress } from '../supervision/progress.js';

/** What became of a push. Only `kept` may be thanked for: the press is on disk. */
export type PressOutcome =
  | { kept: true; epoch: string; seq: number; rating: Rating }
  | { kept: false; rating: Rating; code: string };

/** Four buttons and a light. */
export interface Panel {
  /** Starts to listen. `onPress` commits the press and returns what became of it, at once. */
  start(onPress: (rating: Rating) => PressOutcome): void;
  stop(): void;
  /** How it is, for the watchdog; left out where nothing can fail. */
  progress?(): PanelProgress;
}
