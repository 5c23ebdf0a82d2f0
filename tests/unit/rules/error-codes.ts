import { isNode, literal, type Node, nameOf, parseSource, visit } from './syntax-tree.js';

/** Codes that a source file gives to errors and log lines. */
export interface ErrorCodes {
  codes: string[];
  /** Warnings and errors of the log that have none, by their text. */
  uncoded: string[];
}

/** How a coded error or log line may be made from another's code; those stand where that one is made. */
const CARRIERS = new Set(['errorFields']);

/** Reads them off the syntax tree: `new HymioError(code, …)`, `problem(status, code, …)`, `log.warn` and `log.error`. */
export function errorCodes(path: string, text: string): ErrorCodes {
  const found: ErrorCodes = { codes: [], uncoded: [] };
  visit(parseSource(path, text), (node) => {
    const given = Array.isArray(node['arguments']) ? node['arguments'].filter(isNode) : [];
    const callee = isNode(node['callee']) ? node['callee'] : {};
    if (node['type'] === 'NewExpression' && nameOf(callee) === 'HymioError') found.codes.push(...codesOf(given[0]));
    if (node['type'] !== 'CallExpression') return;
    if (nameOf(callee) === 'problem') found.codes.push(...codesOf(given[1]));
    if (isRefusal(callee)) found.codes.push(...codesOf(given[1]));
    if (isLogCall(callee)) noteLogLine(given, found);
  });
  return found;
}

function noteLogLine(given: readonly Node[], found: ErrorCodes): void {
  const objects = given.filter(({ type }) => type === 'ObjectExpression');
  const members = objects.flatMap(({ properties }) => (Array.isArray(properties) ? properties.filter(isNode) : []));
  const codes = members.filter(({ key }) => nameOf(key) === 'code').flatMap(({ value }) => codesOf(value));
  found.codes.push(...codes);
  const carried = [...given, ...members.map(({ argument }) => argument)].some(
    (each) => isNode(each) && each['type'] === 'CallExpression' && CARRIERS.has(nameOf(each['callee']) ?? ''),
  );
  const passedOn = members.some(({ key }) => nameOf(key) === 'code');
  // Whoever hands fields on has them from a line that is looked at itself.
  const handed = given.every(({ type }) => type === 'Identifier');
  if (!carried && !passedOn && !handed) found.uncoded.push(given.flatMap(codesOf).join(' '));
}

/** `this.refusals.note(terminal, code, …)`. */
function isRefusal(callee: Node): boolean {
  const { object, property } = callee;
  return nameOf(property) === 'note' && isNode(object) && nameOf(object['property']) === 'refusals';
}

/** `log.warn(…)`, `this.#parts.log.error(…)`, `this.#log.warn(…)`. */
function isLogCall(callee: Node): boolean {
  if (callee['type'] !== 'MemberExpression' || !['warn', 'error'].includes(nameOf(callee['property']) ?? ''))
    return false;
  const { object } = callee;
  const owner = isNode(object) && object['type'] === 'MemberExpression' ? object['property'] : object;
  return ['log', 'logger'].includes(nameOf(owner) ?? '');
}

function codesOf(node: unknown): string[] {
  if (!isNode(node)) return [];
  if (node['type'] === 'ConditionalExpression') return [...codesOf(node['consequent']), ...codesOf(node['alternate'])];
  const text = literal(node);
  return text === undefined ? [] : [text];
}

/** Codes in the first column of the tables of a Markdown text. */
export function codesWithRow(markdown: string): Set<string> {
  const cells = [...markdown.matchAll(/^\|([^|]*)\|/gm)].map(([, cell = '']) => cell);
  return new Set(cells.flatMap((cell) => [...cell.matchAll(/`([a-z0-9-]+)`/g)].map(([, code = '']) => code)));
}
