import type { Rating } from '@hymio/protocol';
import type { Panel, PressOutcome } from './panel.js';

/** A panel without hardware, pressed by a program. */
export class VirtualPanel implements Panel {
  #onPress: ((rating: Rating) => PressOutcome) | undefined;

  start(onPress: (rating: Rating) => PressOutcome): void {
    this.#onPress = onPress;
  }

  stop(): void {
    this.#onPress = undefined;
  }

  /** Pushes a button; returns what the customer would see. `not-running` where no firmware listens. */
  press(rating: Rating): PressOutcome {
    return this.#onPress?.(rating) ?? { kept: false, rating, code: 'not-running' };
  }
}
