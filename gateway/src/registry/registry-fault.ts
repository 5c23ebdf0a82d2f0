/** What a fault of the registry, or a change of it, is about. */
export type RegistrySubject =
  | { kind: 'group' | 'service-point' | 'question' | 'terminal'; id: string }
  /** Where a terminal stands; `id` is the terminal. */
  | { kind: 'assignment'; id: string };
export type RegistrySubjectKind = RegistrySubject['kind'];

/** Everything that a registry, or a change of one, can be refused for. */
export const REGISTRY_FAULT_CODES = [
  'listed-twice',
  'id-taken',
  'id-malformed',
  'name-missing',
  'text-missing',
  'unknown-parent',
  'own-ancestor',
  'unknown-group',
  'closes-before-it-opens',
  'overlapping-hours',
  'impossible-hours',
  'impossible-date',
  'date-twice',
  'unknown-service-point',
  'unknown-question',
  'unknown-terminal',
  'ends-before-it-begins',
  'overlapping-assignments',
  'retired',
  'not-retired',
  'in-the-future',
  'nobody-stands-there',
  'reason-missing',
  'group-in-use',
  'service-point-in-use',
  'question-in-use',
  'users-limited-to-it',
  'programs-limited-to-it',
  'reports-go-out',
  'gone',
  'changed-meanwhile',
] as const;
export type RegistryFaultCode = (typeof REGISTRY_FAULT_CODES)[number];

/** One thing that is wrong: pages say it in the reader's language by its code, the command line by its text. */
export interface RegistryFault {
  code: RegistryFaultCode;
  subject: RegistrySubject;
  /** Where in the subject: `parent`, `text.sv`, `openingHours.mon`, `exceptions.2026-12-06` … */
  field?: string;
  /** What the sentence names besides the subject: another id, a weekday, a date. */
  detail?: string;
  /** English, whole sentence. */
  text: string;
}

/** The faults as one paragraph. */
export function faultLines(faults: readonly RegistryFault[]): string {
  return faults.map(({ text }) => text).join(' ');
}
