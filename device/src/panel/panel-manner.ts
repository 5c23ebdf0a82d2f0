import type { Thanks } from '@hymio/protocol';
import { type ButtonRules, DEFAULT_BUTTON_RULES } from './buttons/button-rules.js';
import type { Signal } from './driver/panel-driver.js';
import { PATTERNS, type Pattern } from './indicator/patterns.js';
import type { PanelSettings } from './panel.js';

/** What a panel can show with. */
export interface PanelSignals {
  light: boolean;
  beep: boolean;
}

/** Warnings, and what somebody asked for: they blink also where thanks are by sound alone. */
const ALWAYS_LIT: readonly Signal[] = ['not-counted', 'identify'];

/** How a panel behaves: as it is configured on the terminal, and as the gateway desires on top of it. */
export class PanelManner {
  readonly #configured: ButtonRules;
  readonly #has: PanelSignals;
  #rules: ButtonRules;
  #wanted: ButtonRules;
  #thanks: Thanks = 'light-and-beep';

  constructor(configured: ButtonRules = DEFAULT_BUTTON_RULES, has: PanelSignals = { light: true, beep: true }) {
    this.#configured = configured;
    this.#has = has;
    this.#rules = configured;
    this.#wanted = configured;
  }

  /** The rules that hold now. */
  get rules(): ButtonRules {
    return this.#rules;
  }

  get hasLight(): boolean {
    return this.#has.light;
  }

  /** Why the panel cannot do that: nobody would be thanked any more. */
  cannot({ thanks }: PanelSettings): string | undefined {
    if (thanks === 'beep' && !this.#has.beep) return 'thanks: by sound alone, but this panel has no beeper';
    if (thanks === 'light' && !this.#has.light) return 'thanks: by light alone, but this panel has no light';
    return undefined;
  }

  desire({ lockoutMs, thanks = 'light-and-beep' }: PanelSettings): void {
    this.#wanted = lockoutMs === undefined ? this.#configured : { ...this.#configured, lockoutMs };
    this.#thanks = thanks;
  }

  /**
   * New rules hold from when no contact is within its lockout: judged by a longer one, a press that has just been made
   * would become bounce, and by a shorter one a bounce a press.
   */
  settled(): void {
    this.#rules = this.#wanted;
  }

  pattern(signal: Signal): Pattern {
    const { light, beep } = PATTERNS[signal];
    if (this.#thanks === 'light') return { light, beep: [] };
    if (this.#thanks === 'beep' && !ALWAYS_LIT.includes(signal)) return { light: [], beep };
    return { light, beep };
  }
}
