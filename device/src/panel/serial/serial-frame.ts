import { crc32 } from 'node:zlib';

/** Longest line there is, in bytes with its newline; a longer one is noise. */
export const MAX_LINE_BYTES = 120;

const NEWLINE = 0x0a;
const FRAME = /^\$([ -#%-)+-~]*)\*([0-9A-F]{8})$/;

/** What has come of a line that has no end yet. `overlong`: it is noise up to the next newline. */
export interface FrameState {
  readonly pending: string;
  readonly overlong: boolean;
}

export const NO_FRAME: FrameState = { pending: '', overlong: false };

export interface FrameReading {
  state: FrameState;
  /** The bodies of whole, undamaged lines, in order. */
  bodies: string[];
  /** Lines with something in them that were not: noise, damage, another language. */
  rejected: number;
}

/**
 * Takes bytes as they came and gives the bodies of good lines (docs/panel-serial.md). Damage costs the line it is in
 * and none after: the next newline ends it, and within a line only what follows the last `$` counts, so that a line
 * cut by pulling the cable does not take the first one after replugging with it.
 */
export function readFrames(state: FrameState, bytes: Uint8Array): FrameReading {
  const bodies: string[] = [];
  let frame = state;
  let rejected = 0;
  let from = 0;
  for (let to = bytes.indexOf(NEWLINE); to !== -1; to = bytes.indexOf(NEWLINE, from)) {
    frame = grow(frame, text(bytes, from, to));
    const body = frame.overlong ? undefined : bodyOf(frame.pending);
    if (body === undefined) rejected += 1;
    else if (body !== '') bodies.push(body);
    frame = NO_FRAME;
    from = to + 1;
  }
  return { state: grow(frame, text(bytes, from, bytes.length)), bodies, rejected };
}

/** Only what follows the last `$` can become a line; of what is too long for one is kept only that it was. */
function grow({ pending, overlong }: FrameState, piece: string): FrameState {
  const start = piece.lastIndexOf('$');
  const whole = start === -1 ? pending + piece : piece.slice(start);
  if ((overlong && start === -1) || whole.length >= MAX_LINE_BYTES) return { pending: '', overlong: true };
  return { pending: whole, overlong: false };
}

/** The line for a body of printable ASCII without `$` and `*`. */
export function writeFrame(body: string): string {
  return `$${body}*${checksum(body)}\n`;
}

/** The empty string for an empty line, which is nothing wrong; undefined for what is not a good line. */
function bodyOf(line: string): string | undefined {
  const whole = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (whole === '') return '';
  const [, body, crc] = FRAME.exec(whole) ?? [];
  return body !== undefined && body !== '' && crc === checksum(body) ? body : undefined;
}

/** CRC-32/ISO-HDLC, as zlib and Ethernet use it: "123456789" gives CBF43926. */
function checksum(body: string): string {
  return crc32(body).toString(16).toUpperCase().padStart(8, '0');
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
}
