/** Stands where the font has no sign for a character: PDF/UA forbids an empty box. */
const REPLACEMENT = '□';
/** Joins and varies the characters beside it; says nothing alone. */
const INVISIBLE = /[\p{Cf}\p{Mn}\p{Variation_Selector}]/u;

/**
 * The same data with text that the font can show. A character that it lacks (an emoji, Arabic) becomes □, one that nobody
 * would see is left out, a control character becomes a space. Line breaks stay. Pure.
 */
export function printable(data: unknown, covered: ReadonlySet<number>): unknown {
  if (typeof data === 'string') return printableText(data, covered);
  if (Array.isArray(data)) return data.map((item) => printable(item, covered));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, printable(value, covered)]));
}

function printableText(text: string, covered: ReadonlySet<number>): string {
  // Composed first: the font has é, not necessarily e with an accent put on it.
  return Array.from(text.normalize('NFC').replaceAll('\r\n', '\n'), (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\n' || covered.has(code)) return character;
    if (/\p{Cc}|\p{Z}/u.test(character)) return ' ';
    return INVISIBLE.test(character) ? '' : REPLACEMENT;
  }).join('');
}
