/** The program in an Intel HEX file; gaps are filled as erased flash is. */
export function readHex(text: string): Uint8Array {
  const bytes = new Uint8Array(32 * 1024).fill(0xff);
  for (const line of text.split(/\r?\n/)) {
    if (!line.startsWith(':')) continue;
    const record = Buffer.from(line.slice(1), 'hex');
    const [length = 0, high = 0, low = 0, type] = record;
    if (type !== 0) continue;
    bytes.set(record.subarray(4, 4 + length), high * 256 + low);
  }
  return bytes;
}
