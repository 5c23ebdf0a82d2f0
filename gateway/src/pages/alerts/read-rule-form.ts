import {
  type AlertCondition,
  type AlertConditionKind,
  type AlertRule,
  type AlertScope,
  alertRuleSchema,
} from '../../alerts/alert-rule.js';
import type { FormBody } from '../../http/form-body.js';
import type { Messages } from '../../language/messages.js';
import { TERMINAL_STATE_KINDS } from '../../terminals/terminal-state.js';
import type { FieldFault } from '../forms/form-state.js';
import { readRecipients } from './read-recipients.js';

const MINUTE_MS = 60_000;
const UNITS_MS: Readonly<Record<string, number>> = { min: MINUTE_MS, h: 60 * MINUTE_MS, d: 24 * 60 * MINUTE_MS };
const MOST_MS = 7 * 24 * 60 * MINUTE_MS;

/** `15 min`, `4 h`, `7 d` as ms; undefined where it is none of these. */
export function readSpan(text: string): number | undefined {
  const [, amount = '', unit = ''] = /^(\d{1,5})\s*(min|h|d)$/i.exec(text.trim()) ?? [];
  const ms = Number(amount) * (UNITS_MS[unit.toLowerCase()] ?? Number.NaN);
  return ms >= MINUTE_MS && ms <= MOST_MS ? ms : undefined;
}

/** The same the other way round, in the largest unit that fits. */
export function spanText(ms: number): string {
  const unit = (['d', 'h', 'min'] as const).find((one) => ms % (UNITS_MS[one] ?? 1) === 0) ?? 'min';
  return `${Math.round(ms / (UNITS_MS[unit] ?? MINUTE_MS))} ${unit}`;
}

export type RuleReading = { ok: true; rule: AlertRule } | { ok: false; faults: FieldFault[] };

/** A rule as it was typed; each fault stands at its field. */
export function readRuleForm(
  body: FormBody,
  wanted: { scope: AlertScope; kind: AlertConditionKind },
  webhooks: readonly string[],
  messages: Messages,
): RuleReading {
  const reader = new FieldReader(body, messages);
  const condition = readCondition(reader, wanted.kind);
  const name = body.text('name');
  if (!alertRuleSchema.shape.name.safeParse(name).success) reader.fault('name', messages.alertRules.faults.name);
  const quietHours = readQuietHours(reader);
  const own = readOwnRecipients(reader, webhooks, messages);
  if (reader.faults.length > 0 || condition === undefined) return { ok: false, faults: reader.faults };
  const rule = alertRuleSchema.safeParse({
    scope: wanted.scope,
    name,
    condition,
    enabled: body.text('enabled') === 'yes',
    tellWhenOver: body.text('tellWhenOver') === 'yes',
    ...(quietHours === undefined ? {} : { quietHours }),
    ...(own === undefined ? {} : { recipients: own }),
  });
  if (rule.success) return { ok: true, rule: rule.data };
  return { ok: false, faults: [{ field: '', text: messages.forms.faults.invalid }] };
}

class FieldReader {
  readonly body: FormBody;
  readonly faults: FieldFault[] = [];
  readonly #messages: Messages;

  constructor(body: FormBody, messages: Messages) {
    this.body = body;
    this.#messages = messages;
  }

  fault(field: string, text: string): void {
    this.faults.push({ field, text });
  }

  /** A number within bounds; a comma is a decimal point. */
  number(field: string, least: number, most: number, whole = true): number {
    const text = this.body.text(field).replace(',', '.');
    const value = text === '' ? Number.NaN : Number(text);
    const fits = value >= least && value <= most && (!whole || Number.isInteger(value));
    if (!fits) this.fault(field, this.#messages.alertRules.faults.between(String(least), String(most)));
    return value;
  }

  window(): number {
    const ms = readSpan(this.body.text('window'));
    if (ms === undefined) this.fault('window', this.#messages.alertRules.faults.window);
    return ms ?? 0;
  }

  states(): string[] {
    const known: readonly string[] = TERMINAL_STATE_KINDS;
    const states = known.filter((state) => this.body.text(`state-${state}`) === 'yes');
    if (states.length === 0) this.fault('states', this.#messages.alertRules.faults.states);
    return states;
  }

  /** `08:30` in minutes after midnight; undefined: empty. */
  time(field: string): number | undefined {
    const text = this.body.text(field);
    if (text === '') return undefined;
    const [, hours, minutes] = /^([01]?\d|2[0-3])[:.]([0-5]\d)/.exec(text) ?? [];
    if (hours === undefined) this.fault(field, this.#messages.forms.faults.notATime);
    return Number(hours) * 60 + Number(minutes);
  }

  text(of: (messages: Messages) => string): string {
    return of(this.#messages);
  }
}

const MOST_PRESSES = 1_000_000;

function readCondition(reader: FieldReader, kind: AlertConditionKind): AlertCondition | undefined {
  const minPresses = () => reader.number('minPresses', 1, MOST_PRESSES);
  switch (kind) {
    case 'negative-share':
      return {
        kind,
        share: reader.number('share', 1, 100, false) / 100,
        minPresses: minPresses(),
        windowMs: reader.window(),
      };
    case 'index-below':
      return {
        kind,
        index: reader.number('index', 1, 100, false),
        minPresses: minPresses(),
        windowMs: reader.window(),
      };
    case 'index-above':
      return { kind, index: reader.number('index', 0, 99, false), minPresses: minPresses(), windowMs: reader.window() };
    case 'presses-below':
    case 'presses-above':
    case 'suspect-presses':
      return { kind, presses: reader.number('presses', 1, MOST_PRESSES), windowMs: reader.window() };
    case 'very-happy-streak':
      return { kind, presses: reader.number('presses', 2, 10_000) };
    case 'terminal-state':
      return { kind, states: reader.states(), forMs: reader.number('forMinutes', 0, 1_440) * MINUTE_MS };
  }
}

function readQuietHours(reader: FieldReader): AlertRule['quietHours'] {
  const before = reader.faults.length;
  const from = reader.time('quietFrom');
  const to = reader.time('quietTo');
  if ((from === undefined && to === undefined) || reader.faults.length > before) return undefined;
  if (from !== undefined && to !== undefined && from !== to) return { from, to };
  reader.fault(
    'quietFrom',
    reader.text(({ alertRules }) => alertRules.faults.quiet),
  );
  return undefined;
}

function readOwnRecipients(
  reader: FieldReader,
  webhooks: readonly string[],
  messages: Messages,
): AlertRule['recipients'] {
  if (reader.body.text('own') !== 'yes') return undefined;
  const { recipients, faults } = readRecipients(reader.body.text('recipients'), webhooks, messages);
  for (const text of faults) reader.fault('recipients', text);
  return recipients;
}
