/** A text in the languages that it is given in; at least one. */
export type LocalizedText = Partial<Record<Language, string>>;
export const LANGUAGES = ['fi', 'sv', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Repeat window of a service point that sets none, and of unassigned terminals. */
export const DEFAULT_REPEAT_WINDOW_MS = 5_000;

/** A day with other opening times than its weekday's, such as a holiday. */
export interface OpeningException {
  /** Local date: 2026-12-06. */
  date: string;
  /** Minutes from midnight; empty: closed all day. */
  spans: { from: number; to: number }[];
  name?: LocalizedText;
}

export interface Group {
  id: string;
  /** Absent for a root. */
  parent?: string;
  name: LocalizedText;
  /** Hold for every service point below that has no exception of its own, or of a nearer group, for the date. */
  exceptions?: OpeningException[];
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
  exceptions?: OpeningException[];
}

export interface Question {
  id: string;
  text: LocalizedText;
}

/** A terminal that the operator has announced; others may appear by themselves, unassigned. */
export interface RegisteredTerminal {
  id: string;
  name?: string;
  /** Taken out of use then, UTC ms; its history stays. */
  retiredAt?: number;
  /** Its device was exchanged for another then, UTC ms: what was known of the old one says nothing of the new one. */
  replacedAt?: number;
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

/** Everything the operator has told the gateway about the world. What has an id is sorted by it. */
export interface Registry {
  groups: Group[];
  servicePoints: ServicePoint[];
  questions: Question[];
  terminals: RegisteredTerminal[];
  /** Sorted by (terminal, from); those of one terminal do not overlap. */
  assignments: Assignment[];
  /** Shown to somebody who may see only a part of it. */
  isPart?: true;
}
