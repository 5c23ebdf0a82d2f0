/** Where the gateway tells the operator what happens: events with fields, never secrets. */
export interface Log {
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
}

/** Says nothing. */
export const SILENT_LOG: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
