import type { StaffNoteKind } from '../../administration/staff-note.js';
import type { ExclusionReason } from '../../exclusions/exclusion.js';
import type { Language, Weekday } from '../../registry/registry.js';
import type { RegistryFaultCode } from '../../registry/registry-fault.js';

/** What a refused exclusion, note or recipient of reports is told by. */
export type RefusalCode =
  | 'exclusion-empty'
  | 'exclusion-unknown-target'
  | 'exclusion-begins-beyond-sight'
  | 'exclusion-ends-beyond-sight'
  | 'exclusion-pruned'
  | 'exclusion-revoked'
  | 'note-empty'
  | 'note-span-empty'
  | 'report-recipient-malformed'
  | 'report-recipient-without-reports'
  | 'report-recipient-unknown-subject'
  | 'report-recipient-twice'
  | 'settings-refused'
  | 'identity-needed'
  | 'no-enrolment-code'
  | 'no-certificate';

export interface AdminMessages {
  title: string;
  lead: string;
  sections: {
    places: string;
    terminals: string;
    questions: string;
    exclusions: string;
    alertRules: string;
    reports: string;
    settings: string;
    users: string;
    log: string;
  };
  /** Leads from a page that shows something to where it is changed, and back. */
  manage: string;
  see: string;
  sectionNavigation: string;
  languageNames: Record<Language, string>;
  weekdays: Record<Weekday, string>;
  /** `language` is one of `languageNames`. */
  nameIn(language: string): string;
  idLabel: string;
  idHint: string;
  edit: string;
  remove: string;
  removeHint: string;
  removed: string;
  historyTitle: string;
  noChanges: string;
  /** 8.11.2026 klo 10 – 9.11.2026 klo 12; `to` empty: until further notice. */
  period(from: string, to: string): string;
  fromLabel: string;
  fromHint: string;

  groups: {
    newTitle: string;
    title(name: string): string;
    parent: string;
    noParent: string;
    exceptions: string;
    exceptionsHint: string;
    exceptionWrong(line: number): string;
    inherited(group: string): string;
    closed: string;
    empty: string;
  };
  points: {
    newTitle: string;
    title(name: string): string;
    group: string;
    repeatWindow: string;
    repeatWindowHint: string;
    hours: string;
    hoursHint: string;
    always: string;
    terminals: string;
    noTerminals: string;
    questionTitle: string;
    question: string;
    noQuestion: string;
    ask: string;
    asked: string;
    notes: string;
    noNotes: string;
    addNote: string;
    exclude: string;
  };
  questions: {
    newTitle: string;
    title(text: string): string;
    textIn(language: string): string;
    periods: string;
    neverAsked: string;
    none: string;
  };
  terminals: {
    newTitle: string;
    title(id: string): string;
    search: string;
    find: string;
    found(n: number, shown: string): string;
    name: string;
    standsAt: string;
    outOfUse: string;
    retiredSince(moment: string): string;
    replacedAt(moment: string): string;
    notAnnounced: string;
    stays: string;
    noStays: string;
    moveTitle: string;
    moveHint: string;
    to: string;
    away: string;
    move: string;
    moved(n: number): string;
    replaceTitle: string;
    replaceHint: string;
    why: string;
    when: string;
    replace: string;
    replaced: string;
    retireTitle: string;
    retireHint: string;
    retire: string;
    retired: string;
    restoreTitle: string;
    restoreHint: string;
    restore: string;
    restored: string;
    state: string;
    previousPage: string;
    nextPage: string;
  };
  exclusions: {
    newTitle: string;
    lead: string;
    none: string;
    target: string;
    targetHint: string;
    targetUnknown: string;
    reason: string;
    reasons: Record<ExclusionReason, string>;
    from: string;
    to: string;
    note: string;
    look: string;
    confirmTitle: string;
    /** What is about to be left out: of `presses`, `counted` count as answers now. */
    preview(presses: number, counted: number, shownPresses: string, shownCounted: string): string;
    already(n: number, shown: string): string;
    later: string;
    confirm: string;
    made: string;
    title(id: number): string;
    by(who: string, moment: string): string;
    inForce: string;
    revoked(who: string, moment: string): string;
    revoke: string;
    revokeWhy: string;
    /** Instead of the form that brings back, where presses that may not be seen are left out as well. */
    isPart: string;
    broughtBack: string;
    place: string;
    span: string;
    state: string;
  };
  notes: {
    newTitle: string;
    title: string;
    kind: string;
    kinds: Record<StaffNoteKind, string>;
    textIn(language: string): string;
    until: string;
    untilHint: string;
    by(who: string, moment: string): string;
  };
  log: {
    lead: string;
    caption: string;
    when: string;
    who: string;
    what: string;
    subject: string;
    change: string;
    before: string;
    after: string;
    older: string;
    why(why: string): string;
    /** Before the hash of the newest entry. */
    head(entries: number): string;
    /** By `what` of an entry. */
    whats: Record<string, string>;
    kinds: Record<string, string>;
  };
  /** `detail`: an id, a weekday, a date … */
  faults: Record<RegistryFaultCode, (detail: string) => string>;
  refusals: Record<RefusalCode, string>;
  hoursWrong: string;
}
