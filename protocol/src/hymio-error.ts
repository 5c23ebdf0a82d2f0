/** An operating error: something that happens in the field. It has a stable code and says what to do next. */
export class HymioError extends Error {
  readonly code: string;
  /** What the reader can do about it, one sentence. */
  readonly next: string;

  constructor(code: string, message: string, next: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'HymioError';
    this.code = code;
    this.next = next;
  }
}

/** One line for a person: message, what to do, code. */
export function explainError(error: unknown): string {
  if (error instanceof HymioError) return `${error.message} ${error.next} [${error.code}]`;
  return error instanceof Error ? error.message : String(error);
}
