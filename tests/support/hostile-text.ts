/**
 * Markup, an attribute's end, a formula for spreadsheets and markup of Typst at once, short enough for most fields; the number says
 * where it came from.
 */
export function hostileText(from: number | string): string {
  return `=${from}+#"'><img class=hymio-attack src=x onerror=hymioAttack()>*`;
}

/** Such a text that has become part of a page instead of standing in it. */
export const BROKEN_OUT = /<img class=hymio-attack/;

/** Keys of JSON that are in it by number or by language: which one does not matter. */
type JsonSchema = {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: { enum?: string[] };
  anyOf?: JsonSchema[];
  pattern?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
};

/** Where texts may stand that are neither of a pattern nor of a choice: `faults[].detail`. */
export function freeTexts(schema: JsonSchema, path = ''): string[] {
  const { properties = {}, items, additionalProperties, propertyNames, anyOf = [] } = schema;
  const below = (name: string) => (path === '' ? name : `${path}.${name}`);
  const isFree =
    schema.type === 'string' &&
    [schema.pattern, schema.format, schema.enum, schema.const].every((one) => one === undefined);
  const named = Object.entries(properties).flatMap(([name, one]) => freeTexts(one, below(name)));
  const others =
    typeof additionalProperties === 'object'
      ? (propertyNames?.enum ?? ['*']).flatMap((name) => freeTexts(additionalProperties, below(name)))
      : [];
  return [
    ...(isFree ? [path] : []),
    ...named,
    ...others,
    ...(items === undefined ? [] : freeTexts(items, `${path}[]`)),
    ...anyOf.flatMap((one) => freeTexts(one, path)),
  ];
}

/** Where hostile texts stand in a value, written in the same way. */
export function hostileTextsOf(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return value.includes('hymio-attack') ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((one) => hostileTextsOf(one, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => hostileTextsOf(one, path === '' ? name : `${path}.${name}`));
}
