import type { StaffNoteKind } from '../../administration/staff-note.js';
import { localized } from '../../language/language.js';
import type { Words } from '../../language/words.js';
import type { ReportNote, WeeklyReport } from '../report-document.js';
import type { ContentSection } from './report-content.js';

/** What the staff wrote of the week, or what was changed because of the answers; nothing where nobody wrote. */
export function notesSection(
  { notes, scope }: WeeklyReport,
  kind: StaffNoteKind,
  words: Words,
): ContentSection | undefined {
  const { report } = words.messages;
  const ofKind = notes.filter((note) => note.kind === kind);
  if (ofKind.length === 0) return undefined;
  const items = ofKind.map((note) => ({ text: noteText(note, scope.kind !== 'service-point', words) }));
  return {
    id: kind === 'changed' ? 'changed' : 'notes',
    title: kind === 'changed' ? report.changedTitle : report.notesTitle,
    blocks: [{ kind: 'list', items }],
  };
}

function noteText({ name, from, to, text }: ReportNote, withPlace: boolean, words: Words): string {
  const { messages, formats, language } = words;
  const first = formats.day(from);
  const last = to === null ? undefined : formats.day(to - 1);
  const when = messages.report.daySpan(first, last);
  const place = withPlace ? `${localized(name, language)}, ` : '';
  return `${place}${when}: ${localized(text, language)}`;
}
