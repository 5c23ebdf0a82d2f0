import type { Cancel } from '@hymio/protocol';
import { drawChance, drawExponential } from '../random/draw.js';
import { LocalTime } from '../time/local-time.js';
import { drawChildBurst, drawVisit } from '../visitors/draw-presses.js';
import { isOpen } from '../visitors/opening-hours.js';
import { DEMO_ZONE } from './demo-place.js';
import type { DemoTerminal } from './demo-terminal.js';

/** Mean pause between visits anywhere while places are open, and while they are closed. Denser than reality: one sees life. */
export const OPEN_PAUSE_MS = 8_000;
export const CLOSED_PAUSE_MS = 20_000;
const CHILD_SHARE = 0.015;

/** Visitors who press in real time, at all terminals that are added. */
export class LiveVisitors {
  readonly #local = new LocalTime(DEMO_ZONE);
  readonly #scheduled = new Set<Cancel>();
  /** Sum of `weightOf` over all terminals that will be added. */
  readonly #totalWeight: number;

  constructor(visitsPerWeek: readonly number[]) {
    this.#totalWeight = visitsPerWeek.reduce((sum, visits) => sum + weightOf(visits), 0);
  }

  /** Visitors come to this terminal from now on. */
  add(terminal: DemoTerminal): void {
    const { weekday, minute } = this.#local.at(Date.now());
    const pauseMs = isOpen(terminal.place.openingHours, weekday, minute) ? OPEN_PAUSE_MS : CLOSED_PAUSE_MS;
    const meanMs = (pauseMs * this.#totalWeight) / weightOf(terminal.place.visitsPerWeek);
    this.#after(drawExponential(terminal.random, meanMs), () => {
      this.#visit(terminal);
      this.add(terminal);
    });
  }

  stop(): void {
    for (const cancel of this.#scheduled) cancel();
    this.#scheduled.clear();
  }

  #visit(terminal: DemoTerminal): void {
    const { random, profile } = terminal;
    const now = Date.now();
    const presses = drawChance(random, CHILD_SHARE)
      ? drawChildBurst(random, now)
      : drawVisit(random, profile, this.#local, now);
    for (const { at, rating } of presses) this.#after(at - now, () => void terminal.press(rating));
  }

  #after(delayMs: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#scheduled.delete(cancel);
      run();
    }, delayMs);
    const cancel: Cancel = () => clearTimeout(timer);
    this.#scheduled.add(cancel);
  }
}

/** Busy places are busier, but quiet ones should be seen as well. */
function weightOf(visitsPerWeek: number): number {
  return Math.sqrt(visitsPerWeek);
}
