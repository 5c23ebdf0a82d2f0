/** Part of a text that is set in a way of its own: `divided` may be hyphenated, `whole` stays on one line. */
export interface TextRun {
  set: 'divided' | 'whole';
  text: string;
}

/** Words of so many characters may be divided in running text, and in the narrower columns of a table. */
const LONG_WORD = { running: 20, table: 14 } as const;
/** A range of numbers, with the sign that follows: 76–86 % */
const RANGE = String.raw`\d+–\d+[ \u00a0]?%?`;
const RUNS = {
  running: new RegExp(String.raw`(${RANGE})|(\S{${LONG_WORD.running},})`, 'gu'),
  table: new RegExp(String.raw`(${RANGE})|(\S{${LONG_WORD.table},})`, 'gu'),
} as const;

/**
 * A text with what must not be divided, or may be, as parts; most texts have neither and stay as they are. Found here
 * because the same rules in the template cost Typst a third of its time. Pure.
 */
export function textRuns(text: string, where: keyof typeof RUNS): string | (string | TextRun)[] {
  const runs: (string | TextRun)[] = [];
  let from = 0;
  for (const match of text.matchAll(RUNS[where])) {
    if (match.index > from) runs.push(text.slice(from, match.index));
    runs.push({ set: match[1] === undefined ? 'divided' : 'whole', text: match[0] });
    from = match.index + match[0].length;
  }
  if (runs.length === 0) return text;
  return from < text.length ? [...runs, text.slice(from)] : runs;
}

/** Fields that hold text to be set; identifiers, drawings and the words of a drawing do not. */
const TEXTS: ReadonlySet<string> = new Set(['text', 'detail', 'caption', 'term', 'title']);

/** The same data with the texts in it as `textRuns`. */
export function withTextRuns(data: unknown, where: keyof typeof RUNS = 'running'): unknown {
  if (Array.isArray(data)) return data.map((item) => withTextRuns(item, where));
  if (typeof data !== 'object' || data === null) return data;
  const fields = Object.entries(data).map(([key, value]) => {
    if (typeof value === 'string') return [key, TEXTS.has(key) ? textRuns(value, where) : value];
    return [key, withTextRuns(value, key === 'table' ? 'table' : where)];
  });
  return Object.fromEntries(fields);
}
