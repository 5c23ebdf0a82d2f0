/** Platform 3, encoding 10: all of Unicode (OpenType 1.9, `cmap`). */
const UNICODE_FULL = 0x0003_000a;
const SEGMENTED_COVERAGE = 12;

/**
 * The code points for which a TrueType font has a glyph, read from its table of characters (`cmap`, format 12; the fonts
 * that ship have one). Throws where there is none.
 */
export function fontCoverage(font: Buffer): ReadonlySet<number> {
  const cmap = findTable(font, 'cmap');
  const tables = font.readUInt16BE(cmap + 2);
  for (let index = 0; index < tables; index += 1) {
    const record = cmap + 4 + index * 8;
    const start = cmap + font.readUInt32BE(record + 4);
    if (font.readUInt32BE(record) === UNICODE_FULL && font.readUInt16BE(start) === SEGMENTED_COVERAGE) {
      return readSegments(font, start);
    }
  }
  throw new Error('the font does not say which characters of Unicode it has');
}

function findTable(font: Buffer, tag: string): number {
  const tables = font.readUInt16BE(4);
  for (let index = 0; index < tables; index += 1) {
    const record = 12 + index * 16;
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8);
  }
  throw new Error(`the font has no table ${tag}`);
}

function readSegments(font: Buffer, start: number): ReadonlySet<number> {
  const covered = new Set<number>();
  const groups = font.readUInt32BE(start + 12);
  for (let index = 0; index < groups; index += 1) {
    const group = start + 16 + index * 12;
    const last = font.readUInt32BE(group + 4);
    for (let code = font.readUInt32BE(group); code <= last; code += 1) covered.add(code);
  }
  return covered;
}
