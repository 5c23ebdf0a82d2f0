/** Where the gateway tells the operator what happens: events with fields, never secrets. */
export interface Log {
  debug(event: string, fields?: Record<string, unknown>): void;
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields: CodedFields): void;
  error(event: string, fields: CodedFields): void;
}

/** What is wrong has a code, which docs/operations.md explains. */
export interface CodedFields extends Record<string, unknown> {
  code: string;
}

/** Says nothing. */
export const SILENT_LOG: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
