/** Of the fixed header: one byte of kind, then at most four of length. */
const LONGEST_LENGTH = 4;

type Reading =
  | { kind: 'header' }
  | { kind: 'length'; bytes: number; value: number }
  | { kind: 'body'; remaining: number };

/**
 * Follows the packets of one MQTT connection by their announced lengths (MQTT 3.1.1, 2.2.3), so that a long one is
 * refused before any of it is collected: the parser behind it would take 256 MB.
 */
export class PacketSizes {
  readonly #maxBytes: number;
  #reading: Reading = { kind: 'header' };

  /** `maxBytes`: of a packet behind its fixed header. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Takes the next bytes that came; false where they begin a packet that is too long, or a length that is none. */
  take(chunk: Uint8Array): boolean {
    for (let at = 0; at < chunk.length; ) {
      const reading = this.#reading;
      if (reading.kind === 'body') {
        const taken = Math.min(reading.remaining, chunk.length - at);
        at += taken;
        this.#body(reading.remaining - taken);
      } else {
        if (reading.kind === 'header') this.#reading = { kind: 'length', bytes: 0, value: 0 };
        else if (!this.#length(reading, chunk[at] ?? 0)) return false;
        at += 1;
      }
    }
    return true;
  }

  #length({ bytes, value }: { bytes: number; value: number }, byte: number): boolean {
    const sum = value + (byte & 0x7f) * 128 ** bytes;
    if (sum > this.#maxBytes) return false;
    if (byte < 0x80) this.#body(sum);
    else if (bytes + 1 === LONGEST_LENGTH) return false;
    else this.#reading = { kind: 'length', bytes: bytes + 1, value: sum };
    return true;
  }

  #body(remaining: number): void {
    this.#reading = remaining === 0 ? { kind: 'header' } : { kind: 'body', remaining };
  }
}
