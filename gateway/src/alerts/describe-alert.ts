import type { Formats } from '../language/formats.js';
import { localized } from '../language/language.js';
import type { TimeUnit } from '../language/messages/alerts-messages.js';
import type { Messages } from '../language/messages.js';
import type { Language, Registry } from '../registry/registry.js';
import { happyIndex, satisfiedOf, totalOf } from '../statistics/happy-index.js';
import { isPrintable } from '../statistics/satisfaction.js';
import { wilsonInterval } from '../statistics/wilson-interval.js';
import type { Alert, AlertNumbers, AlertSubject } from './alert.js';
import type { AlertCondition } from './alert-rule.js';

/** What alerts are described with. */
export interface AlertWords {
  language: Language;
  messages: Messages;
  formats: Formats;
  /** What places and terminals are called. */
  registry: {
    servicePoints: readonly Pick<Registry['servicePoints'][number], 'id' | 'name'>[];
    terminals: readonly Pick<Registry['terminals'][number], 'id' | 'name'>[];
  };
  /** UTC ms. */
  now: number;
}

/** An alert in plain words. */
export interface AlertDescription {
  /** Unhappy answers: Kallio */
  title: string;
  place: string;
  /** One sentence: what was counted or seen. */
  happened: string;
  /** How sure that is. */
  certainty: string[];
}

export function describeAlert({ rule, subject, numbers }: Alert, words: AlertWords): AlertDescription {
  const place = placeName(subject, words);
  return {
    title: `${words.messages.alerts.kinds[rule.condition.kind]}: ${place}`,
    place,
    happened: describeNumbers(rule.condition, subject, numbers, words),
    certainty: certaintyOf(rule.condition, numbers, words),
  };
}

/** Where it is: the service point, and the terminal where it is about one. */
export function placeName(subject: AlertSubject, words: AlertWords): string {
  const point = subject.servicePoint === undefined ? undefined : pointName(subject.servicePoint, words);
  if (subject.kind === 'service-point') return point ?? subject.servicePoint;
  return `${terminalName(subject.terminal, words)} (${point ?? words.messages.alerts.unassigned})`;
}

/** One sentence about numbers: those at the opening, or those of now. */
export function describeNumbers(
  condition: AlertCondition,
  subject: AlertSubject,
  numbers: AlertNumbers,
  words: AlertWords,
): string {
  const { formats, now } = words;
  const { alerts } = words.messages;
  if (numbers.kind === 'streak') return alerts.streak(numbers.presses, formats.count(numbers.presses));
  if (numbers.kind === 'terminal') {
    const name = subject.kind === 'terminal' ? terminalName(subject.terminal, words) : '';
    const since = numbers.since === null ? undefined : formats.moment(numbers.since, now);
    return alerts.terminalState(name, stateName(numbers.state, words), since);
  }
  const within = 'windowMs' in condition ? alerts.within(...amountOf(condition.windowMs, formats)) : '';
  if (numbers.kind === 'suspect') {
    const name = subject.kind === 'terminal' ? terminalName(subject.terminal, words) : '';
    return describeSuspects(name, numbers, within, words);
  }
  const n = totalOf(numbers.ratings);
  const shown = formats.count(n);
  const index = formats.index(happyIndex(numbers.ratings) ?? 0);
  switch (condition.kind) {
    case 'index-below':
      return alerts.indexBelow(index, formats.index(condition.index), n, shown, within);
    case 'index-above':
      return alerts.indexAbove(index, formats.index(condition.index), n, shown, within);
    case 'presses-below':
      return alerts.pressesBelow(n, shown, formats.count(condition.presses), within);
    case 'presses-above':
      return alerts.pressesAbove(n, shown, within);
    default: {
      const bad = n - satisfiedOf(numbers.ratings);
      return alerts.negative(bad, formats.count(bad), n, shown, within);
    }
  }
}

function describeSuspects(
  name: string,
  { ahead, pace }: Extract<AlertNumbers, { kind: 'suspect' }>,
  within: string,
  { formats, messages }: AlertWords,
): string {
  const { suspects } = messages.alerts;
  const reasons = [
    ...(pace > 0 ? [suspects.pace(formats.count(pace))] : []),
    ...(ahead > 0 ? [suspects.ahead(formats.count(ahead))] : []),
  ];
  return suspects.sent(name, ahead + pace, formats.count(ahead + pace), within, reasons.join(', '));
}

/** An amount of time in the largest unit that it is a whole number of: [2, 'day', '2']. */
export function amountOf(ms: number, formats: Formats): [number, TimeUnit, string] {
  const units: [TimeUnit, number][] = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
  ];
  const [unit, unitMs] = units.find(([, size]) => ms >= size && ms % size === 0) ?? ['minute', 60_000];
  const amount = Math.round(ms / unitMs);
  return [amount, unit, formats.count(amount)];
}

function certaintyOf(condition: AlertCondition, numbers: AlertNumbers, words: AlertWords): string[] {
  const { formats } = words;
  const { alerts } = words.messages;
  if (numbers.kind === 'terminal') {
    return numbers.faults.length === 0 ? [] : [alerts.faults(numbers.faults.join(', '))];
  }
  if (numbers.kind === 'suspect') return [alerts.suspects.todo];
  if (numbers.kind === 'streak' || !('minPresses' in condition)) return [];
  const n = totalOf(numbers.ratings);
  if (!isPrintable(n)) return [alerts.fewAnswers];
  const bad = n - satisfiedOf(numbers.ratings);
  const { low = 0, high = 1 } = wilsonInterval(bad, n) ?? {};
  return [alerts.share(formats.percent(bad / n), formats.percentRange(low, high))];
}

function stateName(state: string, { messages }: AlertWords): string {
  const names: Readonly<Record<string, string>> = messages.state.names;
  return names[state] ?? state;
}

function pointName(id: string, { registry, language }: AlertWords): string {
  const name = registry.servicePoints.find((point) => point.id === id)?.name;
  return name === undefined ? id : localized(name, language);
}

function terminalName(id: string, { registry }: AlertWords): string {
  return registry.terminals.find((terminal) => terminal.id === id)?.name ?? id;
}
