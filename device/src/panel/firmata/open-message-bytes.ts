/** Begin and end of a system exclusive message: all that is longer than three bytes is one. */
const START = 0xf0;
const END = 0xf7;

/** How many bytes have come of a message that has no end yet; `before`: as many had come before these. */
export function openMessageBytes(before: number, bytes: Uint8Array): number {
  const start = bytes.lastIndexOf(START);
  const end = bytes.lastIndexOf(END);
  if (start > end) return bytes.length - start;
  return end >= 0 || before === 0 ? 0 : before + bytes.length;
}
