import type { DocumentedRoute, Parameter } from './every-route.js';
import { type Named, namedBy, UNKNOWN } from './named-objects.js';

/** One way to ask a route, and whose the things are that the address names. */
export interface Question {
  url: string;
  /** `own`: all of them; `elsewhere` and `unknown`: at least one; `nobody`: the address names none. */
  names: 'own' | 'elsewhere' | 'unknown' | 'nobody';
}

type Choice = { value: string | undefined; names: Question['names'] };

/**
 * Every combination of things that the address may name, each with every form of the answer once. Error: a parameter
 * that nobody has said anything about.
 */
export function waysToAsk({ path, parameters }: DocumentedRoute): Question[] {
  const objects = parameters.filter((one) => isObject(known(path, one)));
  const others = parameters.filter((one) => !isObject(known(path, one)));
  let combinations: { given: Map<Parameter, string>; names: Question['names'] }[] = [
    { given: new Map(), names: 'nobody' },
  ];
  for (const parameter of objects) {
    combinations = combinations.flatMap(({ given, names }) =>
      choicesOf(known(path, parameter), parameter).map((choice) => ({
        given: choice.value === undefined ? given : new Map(given).set(parameter, choice.value),
        names: worse(names, choice.names),
      })),
    );
  }
  return combinations.flatMap(({ given, names }) =>
    // What is refused is refused in every form: one will do.
    formsOf(path, others)
      .slice(0, names === 'own' || names === 'nobody' ? undefined : 1)
      .map((form) => ({ url: urlOf(path, new Map([...given, ...form])), names })),
  );
}

/** A plain way to ask, about what is in the group. */
export function plainly(route: DocumentedRoute): string {
  const ways = waysToAsk(route);
  const found = ways.find(({ names }) => names === 'own') ?? ways[0];
  if (found === undefined) throw new Error(`there is no way to ask ${route.path}`);
  return found.url;
}

function known(path: string, { name }: Parameter): Named {
  const found = namedBy(path, name);
  if (found === undefined) throw new Error(`named-objects.ts does not say what ${name} of ${path} names`);
  return found;
}

function isObject(named: Named): named is Extract<Named, { own: string }> {
  return 'own' in named;
}

function choicesOf(named: Named, { required }: Parameter): Choice[] {
  if (!isObject(named)) return [];
  return [
    ...(required ? [] : [{ value: undefined, names: 'nobody' as const }]),
    { value: named.own, names: 'own' },
    { value: named.elsewhere, names: 'elsewhere' },
    { value: /^\d+$/.test(named.own) ? '999' : UNKNOWN, names: 'unknown' },
  ];
}

const BADNESS = ['nobody', 'own', 'unknown', 'elsewhere'] as const;
function worse(one: Question['names'], other: Question['names']): Question['names'] {
  return BADNESS.indexOf(one) > BADNESS.indexOf(other) ? one : other;
}

/** With what must be given alone, then with each other value of each parameter once. */
function formsOf(path: string, parameters: readonly Parameter[]): Map<Parameter, string>[] {
  const valuesOf = (parameter: Parameter) => {
    const named = known(path, parameter);
    return isObject(named) ? [] : named.values;
  };
  const least = new Map(
    parameters.filter(({ required }) => required).map((one) => [one, valuesOf(one)[0] ?? ''] as const),
  );
  return [least, ...parameters.flatMap((one) => valuesOf(one).map((value) => new Map(least).set(one, value)))];
}

function urlOf(path: string, given: ReadonlyMap<Parameter, string>): string {
  let url = path;
  const query = new URLSearchParams();
  for (const [parameter, value] of given) {
    if (parameter.in === 'path') url = url.replace(`{${parameter.name}}`, encodeURIComponent(value));
    else query.append(parameter.name, value);
  }
  return query.size === 0 ? url : `${url}?${query}`;
}
