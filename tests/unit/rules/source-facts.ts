import { parseAst } from 'vitest/node';

/** What the rules look at in one source file. */
export interface SourceFacts {
  /** Every module it names, type-only ones included. */
  imports: string[];
  /** It imports something that can only be known when it runs. */
  computedImport: boolean;
  exitsProcess: boolean;
  lines: number;
}

type Node = Record<string, unknown>;

/** Reads the facts off the syntax tree. Throws where the text is not TypeScript. */
export function readFacts(path: string, text: string): SourceFacts {
  const facts: SourceFacts = {
    imports: [],
    computedImport: false,
    exitsProcess: false,
    lines: text.trimEnd().split('\n').length,
  };
  visit(parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }), (node) => note(node, facts));
  return facts;
}

function note(node: Node, facts: SourceFacts): void {
  const source = moduleOf(node);
  if (source !== undefined) {
    const name = literal(source);
    if (name === undefined) facts.computedImport = true;
    else facts.imports.push(name);
  }
  if (
    node['type'] === 'MemberExpression' &&
    nameOf(node['object']) === 'process' &&
    nameOf(node['property']) === 'exit'
  )
    facts.exitsProcess = true;
}

/** The node that names a module, for every way to import one; undefined for other nodes. */
function moduleOf(node: Node): unknown {
  switch (node['type']) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return node['source'];
    case 'ExportNamedDeclaration':
      return node['source'] ?? undefined;
    case 'TSExternalModuleReference':
      return node['expression'];
    case 'CallExpression':
      return nameOf(node['callee']) === 'require' && Array.isArray(node['arguments'])
        ? node['arguments'][0]
        : undefined;
    default:
      return undefined;
  }
}

function literal(node: unknown): string | undefined {
  return isNode(node) && typeof node['value'] === 'string' ? node['value'] : undefined;
}

function nameOf(node: unknown): string | undefined {
  return isNode(node) && typeof node['name'] === 'string' ? node['name'] : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (!isNode(value)) return;
  if (typeof value['type'] === 'string') see(value);
  for (const child of Object.values(value)) visit(child, see);
}
