import { literal, type Node, nameOf, parseSource, visit } from './syntax-tree.js';

/** What the rules look at in one source file. */
export interface SourceFacts {
  /** Every module it names, type-only ones included. */
  imports: string[];
  /** It imports something that can only be known when it runs. */
  computedImport: boolean;
  exitsProcess: boolean;
  lines: number;
}

/** Reads the facts off the syntax tree. Throws where the text is not TypeScript. */
export function readFacts(path: string, text: string): SourceFacts {
  const facts: SourceFacts = {
    imports: [],
    computedImport: false,
    exitsProcess: false,
    lines: text.trimEnd().split('\n').length,
  };
  visit(parseSource(path, text), (node) => note(node, facts));
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
