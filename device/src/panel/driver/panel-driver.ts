import type { Rating } from '@hymio/protocol';

/** One change of a button's contact, not yet debounced. */
export interface ButtonEdge {
  /** The button by the rating it stands for. */
  button: Rating;
  down: boolean;
  /** CLOCK_BOOTTIME, ms, as near to the contact as the wiring can tell (kernel timestamp where there is one). */
  bootMs: number;
  /** It was timed where it happened, such as by the kernel: however late it was read, `bootMs` is right. */
  exact?: true;
}

/** A press that the panel's own microcontroller has debounced, numbered and still holds. */
export interface NumberedPress {
  button: Rating;
  /** Identity: one power-up of the panel and a number within it. The panel repeats it until `settle` names it. */
  panelBoot: string;
  number: number;
  /** CLOCK_BOOTTIME, ms: when it was made, worked out from the age that the panel states. */
  bootMs: number;
  /** The panel was without power since and cannot tell for how long: the press may be older than `bootMs` says. */
  ageIsMinimum?: true;
}

/** Named faults of a panel, as they stand in `status`. */
export const PANEL_FAULTS = [
  'panel-not-found',
  'panel-unplugged',
  'panel-permission-denied',
  'panel-wrong-port',
  'panel-wrong-firmware',
  'panel-several-found',
  'panel-silent',
  'panel-reset',
  'panel-tool-missing',
  'panel-line-busy',
  'panel-failed',
] as const;
export type PanelFaultCode = (typeof PANEL_FAULTS)[number];

/** What the light shows. The same for every rating: a bystander must not learn which button was pressed. */
export const SIGNALS = ['off', 'starting', 'thanks', 'not-counted', 'no-contact', 'identify'] as const;
export type Signal = (typeof SIGNALS)[number];

export interface DriverListener {
  edge(edge: ButtonEdge): void;
  /** Only from panels with numbers of their own. */
  press(press: NumberedPress): void;
  /**
   * Buttons that are down now, where nobody sees them go down: told now and then by panels with numbers of their own,
   * and once before `ready` where only changes are seen afterwards. No presses, but a button may be stuck.
   */
  contacts?(down: readonly Rating[]): void;
  /** Presses of that power-up, `total` so far, that found the panel's memory full: they are lost, and counted. Told again after reopening. */
  dropped?(panelBoot: string, total: number): void;
  /** The panel works; `description` for people: port, board, firmware. Buttons held down now are not presses. */
  ready(description: string): void;
  /** It started anew and works on by itself, with nothing lost; `description` as for `ready`. */
  restarted?(description: string): void;
  /** It stopped working; the driver has closed everything. It is opened again by the supervisor. */
  failed(code: PanelFaultCode, detail: string): void;
}

/**
 * One attempt to work with one panel: `open` once, then `ready` or `failed`; after `failed` or `close` it is done and a
 * new one is made. Retrying, debouncing and what the light means are not its business.
 */
export interface PanelDriver {
  open(listener: DriverListener): void;
  /** Light on or off now, beep (where there is one) on or off now: patterns are made above. Ignored unless ready. */
  light(on: boolean): void;
  beep(on: boolean): void;
  /** Tells a numbering panel that the press is on disk (or known already), so that it forgets it. */
  settle(panelBoot: string, number: number): void;
  close(): Promise<void>;
}
