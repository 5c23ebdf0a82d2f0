import { posix } from 'node:path';
import { readFacts, type SourceFacts } from './source-facts.js';
import type { SourceFile } from './source-files.js';

interface Rule {
  /** Entries of our packages that it may import; any other path into them is forbidden. */
  ours: readonly string[];
  /** May it use Node's own modules? */
  node: boolean;
  /** Folders outside its own that a relative import may reach. */
  reaches?: readonly string[];
  /** A part that ships: its production code is in src and follows the rules of size and place. */
  ships: boolean;
}

/** Who may import whom. Nothing imports the simulator or the tests, except what is there to test and measure. */
export const RULES: Readonly<Record<string, Rule>> = {
  protocol: { ours: [], node: false, ships: true },
  device: { ours: ['@hymio/protocol'], node: true, ships: true },
  gateway: { ours: ['@hymio/protocol', '@hymio/protocol/plain'], node: true, ships: true },
  simulator: { ours: ['@hymio/protocol', '@hymio/device', '@hymio/gateway'], node: true, ships: true },
  bench: {
    ours: ['@hymio/protocol', '@hymio/device', '@hymio/gateway', '@hymio/simulator'],
    node: true,
    ships: false,
  },
  tests: {
    ours: ['@hymio/protocol', '@hymio/protocol/asyncapi', '@hymio/device', '@hymio/gateway', '@hymio/simulator'],
    node: true,
    reaches: ['scripts'],
    ships: false,
  },
};

const LONGEST_FILE = 300;
/** Not an adapter but the language that the parts describe data in. */
const EVERYWHERE = new Set(['zod']);
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|config|d))?\.(ts|tsx|mts|mjs)$/;

/** Packages (npm) that the code of a part may import, by part. */
export type Dependencies = Readonly<Record<string, readonly string[]>>;

/** Every breach of the rules, one line each. */
export function breaches(files: readonly SourceFile[], dependencies: Dependencies): string[] {
  const read = files.map(({ path, text }) => ({ path, facts: readFacts(path, text) }));
  return [
    ...files.flatMap(({ path }) => nameBreaches(path)),
    ...read.flatMap(({ path, facts }) => fileBreaches(path, facts)),
    ...read.flatMap(({ path, facts }) => importBreaches(path, facts, dependencies)),
    ...scatteredLibraries(read),
  ];
}

/** Breaches of the rules on file names. */
export function nameBreaches(path: string): string[] {
  const name = posix.basename(path);
  const kebab = KEBAB_CASE.test(name) ? [] : [`${path}: the file name is not kebab-case`];
  const utils = /^utils?\./.test(name) ? [`${path}: name the concept, not "utils"`] : [];
  return [...kebab, ...utils];
}

function partOf(path: string): string {
  return path.split('/')[0] ?? '';
}

function fileBreaches(path: string, facts: SourceFacts): string[] {
  if (RULES[partOf(path)]?.ships !== true) return [];
  const long = facts.lines > LONGEST_FILE ? [`${path}: ${facts.lines} lines, more than ${LONGEST_FILE}`] : [];
  const ownsExit = path.startsWith(`${partOf(path)}/src/cli/`);
  const exits = facts.exitsProcess && !ownsExit ? [`${path}: only src/cli may end the process`] : [];
  const computed = facts.computedImport ? [`${path}: an import that no one can check`] : [];
  return [...long, ...exits, ...computed];
}

function importBreaches(path: string, { imports }: SourceFacts, dependencies: Dependencies): string[] {
  const rule = RULES[partOf(path)];
  if (rule === undefined) return [`${path}: belongs to no part`];
  const known = dependencies[partOf(path)] ?? [];
  return imports.flatMap((name) => {
    const fault = importFault(path, name, rule, known);
    return fault === undefined ? [] : [`${path}: ${fault}`];
  });
}

function importFault(path: string, name: string, rule: Rule, known: readonly string[]): string | undefined {
  const part = partOf(path);
  if (name.startsWith('.')) {
    const target = posix.join(posix.dirname(path), name).split('/');
    if (target[1] === 'dist') return `${name} reaches into compiled files`;
    const home = target[0] === part || rule.reaches?.includes(target[0] ?? '');
    return home ? undefined : `${name} reaches into another part`;
  }
  if (name.startsWith('node:')) return rule.node ? undefined : `${part} is pure: no ${name}`;
  if (name.startsWith('@hymio/')) return rule.ours.includes(name) ? undefined : `${part} may not import ${name}`;
  const library = packageOf(name);
  if (part === 'protocol' && library !== 'zod') return `protocol may import zod alone, not ${library}`;
  return known.includes(library) ? undefined : `${library} is not among the dependencies of ${part}`;
}

function packageOf(name: string): string {
  return name.split('/', name.startsWith('@') ? 2 : 1).join('/');
}

/** A library is known to one file, or to one folder below src with what is in it. */
function scatteredLibraries(read: readonly { path: string; facts: SourceFacts }[]): string[] {
  const users = new Map<string, Set<string>>();
  for (const { path, facts } of read) {
    if (RULES[partOf(path)]?.ships !== true) continue;
    for (const name of facts.imports.filter((candidate) => /^(?!node:|@hymio\/|\.)/.test(candidate))) {
      const key = `${partOf(path)} ${packageOf(name)}`;
      users.set(key, (users.get(key) ?? new Set()).add(path));
    }
  }
  return [...users].flatMap(([key, paths]) => {
    const [part = '', library = ''] = key.split(' ');
    if (EVERYWHERE.has(library) || paths.size === 1 || commonFolder([...paths]).startsWith(`${part}/src/`)) return [];
    return [`${part}: ${library} is imported in more than one folder: ${[...paths].sort().join(', ')}`];
  });
}

function commonFolder(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => posix.dirname(path).split('/'));
  const differs = first.findIndex((level, index) => others.some((other) => other[index] !== level));
  return (differs === -1 ? first : first.slice(0, differs)).join('/');
}
