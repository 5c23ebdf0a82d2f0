import type { Rating } from '@hymio/protocol';
import type { OnPress, Panel, PressFacts, PressOutcome } from './panel.js';

/** A panel without hardware, pressed by a program. */
export class VirtualPanel implements Panel {
  #onPress: OnPress | undefined;

  start(onPress: OnPress): void {
    this.#onPress = onPress;
  }

  stop(): void {
    this.#onPress = undefined;
  }

  /** Pushes a button; returns what the customer would see. `not-running` where no firmware listens. */
  press(rating: Rating, facts?: PressFacts): PressOutcome {
    return this.#onPress?.(rating, facts) ?? { kept: false, rating, code: 'not-running' };
  }
}
