import type * as z from 'zod';

/** A message that was understood, or why not, in one line. */
export type Decoded<T> = { ok: true; message: T } | { ok: false; reason: string };

const decoder = new TextDecoder('utf-8', { fatal: true });

/** JSON of a UTF-8 payload; `ok: false` where it is neither. Never throws. */
export function decodeJson(payload: Uint8Array): Decoded<unknown> {
  try {
    return { ok: true, message: JSON.parse(decoder.decode(payload)) };
  } catch (error) {
    return { ok: false, reason: `not JSON in UTF-8: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Checks a decoded value against a schema; unknown fields are dropped. Never throws. */
export function validate<T>(schema: z.ZodType<T>, value: unknown): Decoded<T> {
  const result = schema.safeParse(value);
  if (result.success) return { ok: true, message: result.data };
  return { ok: false, reason: describeIssues(result.error) };
}

/** `validate` after `decodeJson`. */
export function decode<T>(schema: z.ZodType<T>, payload: Uint8Array): Decoded<T> {
  const json = decodeJson(payload);
  return json.ok ? validate(schema, json.message) : json;
}

/** Every fault of a value with its path, one line each, at most ten. */
export function describeIssues(error: z.ZodError): string {
  const lines = error.issues.map((issue) => `${issue.path.join('.') || '(whole)'}: ${issue.message}`);
  const rest = lines.length > 10 ? [`and ${lines.length - 10} more`] : [];
  return [...lines.slice(0, 10), ...rest].join('; ');
}
