import { HymioError } from '@hymio/protocol';
import type { LocalizedText } from '../registry/registry.js';

/** `changed`: what we changed because of you, for the public. `note`: for the staff. */
export const STAFF_NOTE_KINDS = ['changed', 'note'] as const;
export type StaffNoteKind = (typeof STAFF_NOTE_KINDS)[number];

/** What the staff of a service point want to be read beside its numbers. */
export interface StaffNoteText {
  servicePoint: string;
  kind: StaffNoteKind;
  /** From when it is about or shown, UTC ms; `to` exclusive, absent: until further notice. */
  from: number;
  to?: number;
  text: LocalizedText;
}

/** A note as the store holds it; `by` and `at` (UTC ms) are of its last change. */
export interface StaffNote extends StaffNoteText {
  id: number;
  by: string;
  at: number;
}

/** Throws where a note cannot be kept. Codes: `unknown-service-point`, `note-empty`, `note-span-empty`. */
export function checkStaffNote({ servicePoint, from, to, text }: StaffNoteText, servicePointKnown: boolean): void {
  if (!servicePointKnown) {
    throw new HymioError(
      'unknown-service-point',
      `There is no service point ${servicePoint}.`,
      'Choose one that exists.',
    );
  }
  if (Object.values(text).every((each) => each.trim() === '')) {
    throw new HymioError('note-empty', 'The note has no text.', 'Write it in at least one language.');
  }
  if (to !== undefined && to <= from) {
    throw new HymioError('note-span-empty', 'The note ends before it begins.', 'Give an end after the beginning.');
  }
}

export function unknownNote(id: number): HymioError {
  return new HymioError('unknown-note', `There is no note ${id}.`, 'Look at the list anew.');
}
