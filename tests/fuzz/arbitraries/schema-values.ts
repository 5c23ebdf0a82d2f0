import fc from 'fast-check';
import * as z from 'zod';

/** As much of JSON Schema as our schemas and the OpenAPI document use. */
export interface JsonSchema {
  type?: string | readonly string[];
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: JsonSchema;
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  enum?: readonly unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

/** Longer ones are made by what is done to values afterwards. */
const LONGEST = 12;
const MOST_ITEMS = 4;

const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  uuid: fc.uuid(),
  'date-time': fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
    .map((at) => at.toISOString()),
  uri: fc.constantFrom('https://hymio.example.org', 'http://127.0.0.1:8080/', 'https://example.org/a/b?c=d'),
  email: fc.constantFrom('hymio@example.org', 'a.b+c@example.org'),
};

/** The schema that a zod schema wants of what comes in. */
export function inputSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}

/** Values that a schema allows; what it cannot say (refinements) they may still break. */
export function valuesOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map(valuesOf));
  const types = [schema.type ?? []].flat();
  if (types.length === 0) return fc.jsonValue({ maxDepth: 2 });
  return fc.oneof(...types.map((type) => valuesOfType(type, schema)));
}

function valuesOfType(type: string, schema: JsonSchema): fc.Arbitrary<unknown> {
  switch (type) {
    case 'object':
      return objectsOf(schema);
    case 'array': {
      const { minItems = 0, maxItems = MOST_ITEMS, items = {} } = schema;
      return fc.array(valuesOf(items), {
        minLength: minItems,
        maxLength: Math.max(minItems, Math.min(maxItems, MOST_ITEMS)),
      });
    }
    case 'string':
      return textsOf(schema);
    case 'integer':
      return fc.maxSafeInteger().map((drawn) => within(drawn, schema));
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((drawn) => within(drawn, schema));
    case 'boolean':
      return fc.boolean();
    default:
      return fc.constant(null);
  }
}

function objectsOf({ properties = {}, required = [], additionalProperties, propertyNames }: JsonSchema) {
  const known = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, valuesOf(one)]));
  const named = fc.record(known, { requiredKeys: required.filter((name) => name in known) });
  if (typeof additionalProperties !== 'object') return named;
  const others = fc.dictionary(textsOf(propertyNames ?? {}), valuesOf(additionalProperties), {
    minKeys: 1,
    maxKeys: 3,
  });
  return fc.tuple(named, others).map(([one, other]): unknown => ({ ...other, ...one }));
}

function textsOf({
  format = '',
  pattern,
  minLength = 0,
  maxLength = LONGEST,
  ...schema
}: JsonSchema): fc.Arbitrary<string> {
  if (schema.enum !== undefined) return fc.constantFrom(...(schema.enum as string[]));
  if (FORMATS[format] !== undefined) return FORMATS[format];
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, LONGEST)) });
}

/** Every third at a bound: that is where the mistakes are. */
function within(
  drawn: number,
  { minimum: low = -Number.MAX_SAFE_INTEGER, maximum: high = Number.MAX_SAFE_INTEGER }: JsonSchema,
) {
  if (drawn % 3 === 0) return drawn > 0 ? high : low;
  if (drawn >= low && drawn <= high) return drawn;
  const range = high - low + 1;
  return low + (Math.abs(drawn) % range);
}
