import { parseAst } from 'vitest/node';

export type Node = Record<string, unknown>;

/** Throws where the text is not TypeScript. */
export function parseSource(path: string, text: string): unknown {
  return parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' });
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

/** The text of a string literal. */
export function literal(node: unknown): string | undefined {
  return isNode(node) && typeof node['value'] === 'string' ? node['value'] : undefined;
}

/** The name of an identifier, private ones included. */
export function nameOf(node: unknown): string | undefined {
  return isNode(node) && typeof node['name'] === 'string' ? node['name'] : undefined;
}

/** Shows every node, from the root down. */
export function visit(value: unknown, see: (node: Node) => void): void {
  if (!isNode(value)) return;
  if (typeof value['type'] === 'string') see(value);
  for (const child of Object.values(value)) visit(child, see);
}
