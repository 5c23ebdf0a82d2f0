/** A text in the languages that it is given in; at least one. */
export type LocalizedText = Partial<Record<Language, string>>;
export const LANGUAGES = ['fi', 'sv', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Repeat window of a service point that sets none, and of unassigned terminals. */
export const DEFAULT_REPEAT_WINDOW_MS = 5_000;

export interface Group {
  id: string;
  /** Absent for a root. */
  parent?: string;
  name: LocalizedText;
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
/** Local opening times per weekday, minutes from midnight, `to` exclusive, at most 1440; a missing day is closed. */
export type OpeningHours = Partial<Record<Weekday, { from: number; to: number }[]>>;

export interface ServicePoint {
  id: string;
  group: string;
  name: LocalizedText;
  repeatWindowMs: number;
  /** Absent: all hours. */
  openingHours?: OpeningHours;
}

export interface Question {
  id: string;
  text: LocalizedText;
}

/** A terminal that the operator has announced; others may appear by themselves, unassigned. */
export interface RegisteredTerminal {
  id: string;
  name?: string;
}

/** Terminal T stood at service point S asking question Q from A (inclusive) to B (exclusive), UTC ms. */
export interface Assignment {
  terminal: string;
  servicePoint: string;
  question?: string;
  from: number;
  /** Absent: until further notice. */
  to?: number;
}

/** Everything the operator has told the gateway about the world. */
export interface Registry {
  groups: Group[];
  servicePoints: ServicePoint[];
  questions: Question[];
  terminals: RegisteredTerminal[];
  /** Sorted by (terminal, from); those of one terminal do not overlap. */
  assignments: Assignment[];
}
