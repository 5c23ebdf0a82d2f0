import { parseTypedSpans, spansText } from './minute-span.js';
import { LANGUAGES, type LocalizedText, type OpeningException } from './registry.js';

const LINE = /^(\d{4}-\d\d-\d\d)(?:\s+(.*))?$/;
const SPAN = String.raw`[\d:.]+\s*[-–]\s*[\d:.]+`;
/** A separator between two of them: where one ends and the next begins must be told in one way only, or reading takes for ever. */
const TIMES = new RegExp(String.raw`^${SPAN}(?:\s*[,;]\s*${SPAN})*\s*[,;]?(?=\s|$)`);
/** Before a name: they belong to no time, and are no name. */
const SEPARATORS = /^[\s,;]+/;
/** At the end too: a name that ended with it would be another once it stands among others. */
const BETWEEN_NAMES = /\s\/(?=\s|$)/;
const BEGINS_AS_TIMES = /^[\d:.]+\s*[-–]/;

/**
 * Holidays as lines of text: `2026-12-24 08:00-12:00 Jouluaatto / Julafton / Christmas Eve`. Without times it is closed;
 * one name is the name in every language. `wrong`: numbers, from 1, of the lines that cannot be understood.
 */
export function parseExceptionLines(text: string): { exceptions: OpeningException[]; wrong: number[] } {
  const exceptions: OpeningException[] = [];
  const wrong: number[] = [];
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    const exception = parseLine(line.trim());
    if (exception === undefined) wrong.push(index + 1);
    else exceptions.push(exception);
  });
  return { exceptions: exceptions.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)), wrong };
}

function parseLine(line: string): OpeningException | undefined {
  const [, date, rest = ''] = LINE.exec(line) ?? [];
  const times = TIMES.exec(rest)?.[0] ?? '';
  const words = rest.slice(times.length).replace(SEPARATORS, '').trim();
  const spans = parseTypedSpans(times);
  if (date === undefined || spans === undefined || BEGINS_AS_TIMES.test(words)) return undefined;
  const name = parseName(words);
  return { date, spans, ...(name !== undefined && { name }) };
}

function parseName(words: string): LocalizedText | undefined {
  if (words.trim() === '') return undefined;
  const parts = words.split(BETWEEN_NAMES).map((part) => part.trim());
  const name: LocalizedText = {};
  LANGUAGES.forEach((language, index) => {
    const part = parts.length === 1 ? parts[0] : parts[index];
    if (part !== undefined && part !== '' && part !== '–') name[language] = part;
  });
  return Object.keys(name).length === 0 ? undefined : name;
}

/** The lines that `parseExceptionLines` reads. */
export function exceptionLines(exceptions: readonly OpeningException[] = []): string {
  return exceptions
    .map(({ date, spans, name }) => [date, spansText(spans), nameText(name)].filter((part) => part !== '').join(' '))
    .join('\n');
}

function nameText(name: LocalizedText | undefined): string {
  if (name === undefined) return '';
  const parts = LANGUAGES.map((language) => name[language] ?? '–');
  return new Set(parts).size === 1 ? (parts[0] ?? '') : parts.join(' / ');
}
