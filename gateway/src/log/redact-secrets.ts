const SECRET_NAMES = /^pass$|pass(word|wd|phrase)|secret|token|credential|authori[sz]ation|cookie|api-?key|signature/i;
/** Names a file that holds one, which is no secret. */
const FILE_NAMES = /file$/i;
const REDACTED = '[redacted]';
/** Deeper than our fields go; ends what refers to itself. */
const MAX_DEPTH = 6;

/**
 * The same fields without secrets: values of fields that are named like one, and user and password in addresses, wherever
 * a text holds one. Pure; errors become their message and stack.
 */
export function redactSecrets(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return redactObject(fields, 0);
}

function redactObject(fields: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, isSecret(name) ? REDACTED : redact(value, depth + 1)]),
  );
}

function isSecret(name: string): boolean {
  return SECRET_NAMES.test(name) && !FILE_NAMES.test(name);
}

function redact(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.replaceAll(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${REDACTED}@`);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return '[deeper]';
  if (value instanceof Error) return redactObject({ ...value, message: value.message, stack: value.stack }, depth);
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return redactObject(value, depth);
}
