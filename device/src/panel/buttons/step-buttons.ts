import { RATING_NAMES, RATINGS, type Rating } from '@hymio/protocol';
import type { ButtonRules } from './button-rules.js';
import { type Chatter, calmDown, countEdge, QUIET } from './chatter.js';
import { type Contact, contactDueMs, isClosed, stepContact, UP } from './contact.js';

interface Button {
  contact: Contact;
  chatter: Chatter;
  /** Presses marked since the contact began to chatter. */
  marked: number;
}

/** Four buttons, by rating. Not live: what the panel tells then is how they stand, not presses. */
export interface ButtonsState {
  live: boolean;
  buttons: readonly Button[];
}

export type ButtonEvent =
  /** The contact of one button changed. */
  /** … at `bootMs`, or at any time since `earliestMs` where that is not known better. */
  | { kind: 'edge'; button: Rating; down: boolean; bootMs: number; earliestMs?: number }
  /** Which contacts are closed now, where nobody sees them close: that makes no presses. */
  | { kind: 'contacts'; down: readonly Rating[]; bootMs: number }
  /** A panel that makes presses itself made one. */
  | { kind: 'made'; button: Rating; bootMs: number }
  /** Presses count from now on. */
  | { kind: 'ready'; bootMs: number }
  /** Time has come to what `buttonsDueMs` said. */
  | { kind: 'time'; bootMs: number }
  /** The panel is gone: how the buttons stand is not known any more. */
  | { kind: 'lost'; bootMs: number };

export type ButtonFaultCode = 'button-stuck' | 'button-chatter';

export type ButtonEffect =
  /** `chattering`: the contact is bad, so the press is to be marked. */
  | { kind: 'press'; button: Rating; bootMs: number; chattering: boolean }
  /** `detail` undefined: the fault is gone. */
  | { kind: 'fault'; code: ButtonFaultCode; detail: string | undefined };

export interface ButtonsStep {
  state: ButtonsState;
  effects: ButtonEffect[];
}

const FRESH: Button = { contact: UP, chatter: QUIET, marked: 0 };

export const INITIAL_BUTTONS: ButtonsState = { live: false, buttons: RATINGS.map(() => FRESH) };

/** Contact changes in, presses and faults out. Presses are taken on the first change to down. */
export function stepButtons(state: ButtonsState, event: ButtonEvent, rules: ButtonRules): ButtonsStep {
  const certainMs = event.kind === 'edge' ? (event.earliestMs ?? event.bootMs) : event.bootMs;
  const passed = passTime(state, certainMs, rules);
  const next = apply(passed.state, event, rules);
  return {
    state: next.state,
    effects: [...passed.effects, ...next.effects, ...faultChanges(state, next.state)],
  };
}

/** When time alone will change something, boot ms; undefined: never. */
export function buttonsDueMs(state: ButtonsState, rules: ButtonRules): number | undefined {
  const due = state.buttons.flatMap(({ contact, chatter }) => {
    const calmMs = chatter.chatteredMs === undefined ? undefined : chatter.chatteredMs + rules.chatterQuietMs;
    return [contactDueMs(contact, rules), calmMs].filter((ms) => ms !== undefined);
  });
  return due.length === 0 ? undefined : Math.min(...due);
}

/** No contact is within its lockout: rules may change. */
export function isSettled({ buttons }: ButtonsState): boolean {
  return buttons.every(({ contact: { phase } }) => phase !== 'released' && phase !== 'doubtful');
}

function passTime(state: ButtonsState, bootMs: number, rules: ButtonRules): ButtonsStep {
  const effects: ButtonEffect[] = [];
  const buttons = state.buttons.map((button, index) => {
    const { contact, pressed } = stepContact(button.contact, 'time', bootMs, rules);
    const chatter = calmDown(button.chatter, bootMs, rules);
    const chattering = chatter.chatteredMs !== undefined;
    const press = pressed === true && state.live && contact.phase === 'held';
    if (press) effects.push({ kind: 'press', button: RATINGS[index] ?? 0, bootMs: contact.sinceMs, chattering });
    const marked = chattering ? button.marked + (press ? 1 : 0) : 0;
    return { contact, chatter, marked };
  });
  return { state: { ...state, buttons }, effects };
}

function apply(state: ButtonsState, event: ButtonEvent, rules: ButtonRules): ButtonsStep {
  switch (event.kind) {
    case 'edge':
      return applyEdge(state, event, rules);
    case 'contacts':
      return {
        state: { ...state, buttons: state.buttons.map((button, index) => told(button, index, event, rules)) },
        effects: [],
      };
    case 'made':
      return { state: { ...state, buttons: countMade(state.buttons, event, rules) }, effects: [] };
    case 'ready':
      return { state: { ...state, live: true }, effects: [] };
    case 'time':
      return { state, effects: [] };
    case 'lost':
      return {
        state: { live: false, buttons: state.buttons.map((button) => ({ ...button, contact: UP })) },
        effects: [],
      };
  }
}

function applyEdge(
  state: ButtonsState,
  { button, down, bootMs }: ButtonEvent & { kind: 'edge' },
  rules: ButtonRules,
): ButtonsStep {
  const before = state.buttons[button] ?? FRESH;
  const { contact, pressed } = stepContact(before.contact, down ? 'down' : 'up', bootMs, rules);
  const chatter = countEdge(before.chatter, bootMs, rules);
  const chattering = chatter.chatteredMs !== undefined;
  const press = pressed === true && state.live;
  const marked = before.marked + (press && chattering ? 1 : 0);
  const buttons = state.buttons.with(button, { contact, chatter, marked });
  return {
    state: { ...state, buttons },
    effects: press ? [{ kind: 'press', button, bootMs, chattering }] : [],
  };
}

/** Also a press that was made while nobody asked has two changes of the contact. */
function countMade(
  buttons: readonly Button[],
  { button, bootMs }: ButtonEvent & { kind: 'made' },
  rules: ButtonRules,
): readonly Button[] {
  const before = buttons[button] ?? FRESH;
  const marked = before.marked + (before.chatter.chatteredMs === undefined ? 0 : 1);
  return buttons.with(button, {
    ...before,
    chatter: countEdge(countEdge(before.chatter, bootMs, rules), bootMs, rules),
    marked,
  });
}

function told(
  button: Button,
  index: number,
  { down, bootMs }: ButtonEvent & { kind: 'contacts' },
  rules: ButtonRules,
): Button {
  const isDown = down.some((rating) => rating === index);
  if (isDown === isClosed(button.contact)) return button;
  if (isDown) return { ...button, contact: { phase: 'held', sinceMs: bootMs, assumed: true } };
  return { ...button, contact: stepContact(button.contact, 'up', bootMs, rules).contact };
}

/** The contact of this button is bad: its presses are to be marked. */
export function isChattering({ buttons }: ButtonsState, button: Rating): boolean {
  return buttons[button]?.chatter.chatteredMs !== undefined;
}

const FAULTS: readonly { code: ButtonFaultCode; detailOf: (state: ButtonsState) => string | undefined }[] = [
  { code: 'button-stuck', detailOf: stuckDetail },
  { code: 'button-chatter', detailOf: chatterDetail },
];

/** Faults follow from how the buttons stand, so that one code can speak of several buttons. */
function faultChanges(before: ButtonsState, after: ButtonsState): ButtonEffect[] {
  return FAULTS.flatMap(({ code, detailOf }) => {
    const detail = detailOf(after);
    return detail === detailOf(before) ? [] : [{ kind: 'fault' as const, code, detail }];
  });
}

function stuckDetail({ buttons }: ButtonsState): string | undefined {
  const stuck = RATINGS.filter((rating) => isStuck(buttons[rating]?.contact ?? UP));
  return stuck.length === 0 ? undefined : `held down: ${stuck.map((rating) => RATING_NAMES[rating]).join(', ')}`;
}

function isStuck(contact: Contact): boolean {
  return contact.phase === 'stuck' || ('was' in contact && contact.was === 'stuck');
}

function chatterDetail({ buttons }: ButtonsState): string | undefined {
  const bad = RATINGS.flatMap((rating) => {
    const button = buttons[rating];
    return button?.chatter.chatteredMs === undefined
      ? []
      : [`${RATING_NAMES[rating]}, ${button.marked} presses marked`];
  });
  return bad.length === 0 ? undefined : `the contact opens and closes by itself: ${bad.join('; ')}`;
}
