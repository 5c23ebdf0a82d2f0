/** Modules along a side of version 8, the one that this reads. */
const SIZE = 49;
/** Data codewords of its blocks at level M (ISO/IEC 18004, table 9). */
const BLOCKS = [38, 38, 39, 39];
const ALIGNED_AT = [6, 24, 42];
const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

/**
 * The text of a QR code that is drawn as SVG: version 8, level M, of bytes, and undamaged, for it corrects nothing. Read by
 * the standard alone, so that it agrees with other readers and not with whoever drew it.
 */
export function readQrCode(svg: string): string {
  const dark = darkModules(svg);
  // Format: level M is 00, and the mask follows, hidden under 10101.
  const format = [0, 1, 2, 3, 4].map((column) => (dark(8, column) ? '1' : '0')).join('');
  const [level, mask] = [Number.parseInt(format, 2) ^ 0b10101].map((bits) => [bits >> 3, bits & 7] as const)[0] ?? [
    0, 0,
  ];
  if (level !== 0) throw new Error(`the level is ${level}, not M`);
  const bits = path().map(([row, column]) => dark(row, column) !== MASKS[mask]?.(row, column));
  const codewords = inBytes(bits);
  const blocks = BLOCKS.map((): number[] => []);
  for (let at = 0, next = 0; at < Math.max(...BLOCKS); at++) {
    for (const [block, length] of BLOCKS.entries()) if (at < length) blocks[block]?.push(codewords[next++] ?? 0);
  }
  const data = blocks.flat();
  const [first = 0, second = 0] = data;
  if (first >> 4 !== 0b0100) throw new Error('it does not hold bytes');
  const length = ((first & 15) << 4) | (second >> 4);
  const bytes = Array.from({ length }, (_, at) => (((data[at + 1] ?? 0) & 15) << 4) | ((data[at + 2] ?? 0) >> 4));
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** Is there a dark module? Counted from the corner of the code, past the quiet zone of four. */
function darkModules(svg: string): (row: number, column: number) => boolean {
  if (!svg.includes(`viewBox="0 0 ${SIZE + 8} ${SIZE + 8}"`))
    throw new Error('it is not of version 8 with its quiet zone');
  const dark = new Set<string>();
  for (const [, x, y, length] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let at = 0; at < Number(length); at++) dark.add(`${Number(y) - 4} ${Number(x) - 4 + at}`);
  }
  return (row, column) => dark.has(`${row} ${column}`);
}

/** The modules of data in their order: two columns at a time from the right, up and down in turn. */
function path(): [row: number, column: number][] {
  const found: [number, number][] = [];
  let up = true;
  for (let right = SIZE - 1; right > 0; right -= 2, up = !up) {
    // The column of the timing pattern is passed over.
    if (right === 6) right = 5;
    for (let step = 0; step < SIZE; step++) {
      const row = up ? SIZE - 1 - step : step;
      for (const column of [right, right - 1]) if (!isFixed(row, column)) found.push([row, column]);
    }
  }
  return found;
}

/** Finders with format, timing, version, alignment. */
function isFixed(row: number, column: number): boolean {
  const far = SIZE - 8;
  if ((row < 9 && column < 9) || (row < 9 && column >= far) || (row >= far && column < 9)) return true;
  if (row === 6 || column === 6) return true;
  if ((row < 6 && column >= far - 3) || (column < 6 && row >= far - 3)) return true;
  const near = (at: number) => ALIGNED_AT.find((centre) => Math.abs(at - centre) <= 2);
  const [y, x] = [near(row), near(column)];
  const isFinder = (y === 6 && x === 6) || (y === 6 && x === 42) || (y === 42 && x === 6);
  return y !== undefined && x !== undefined && !isFinder;
}

function inBytes(bits: readonly boolean[]): number[] {
  return Array.from({ length: Math.floor(bits.length / 8) }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((byte, bit) => byte * 2 + (bit ? 1 : 0), 0),
  );
}
