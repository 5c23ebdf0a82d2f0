/** A series that an expression selects: its metric and the labels that it is filtered by. */
export interface Selected {
  metric: string;
  labels: string[];
}

/** What an expression of PromQL refers to. */
export interface PromqlNames {
  selected: Selected[];
  /** Labels that it groups or joins by. */
  grouped: string[];
}

const TOKEN =
  /\s+|#.*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\[[^\]]*\]|[a-zA-Z_:][a-zA-Z0-9_:]*|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?:ms|[smhdwy])?|=~|!~|!=|==|>=|<=|[-+*/%^=<>(){},@]/y;
const GROUPING = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);
const WORDS = new Set(['and', 'or', 'unless', 'bool', 'offset', 'inf', 'nan', 'start', 'end']);
const IS_NAME = /^[a-zA-Z_:]/;

/** Reads names out of an expression. Throws where a character fits no token of the language. */
export function promqlNames(expression: string): PromqlNames {
  const tokens = tokensOf(expression);
  const names: PromqlNames = { selected: [], grouped: [] };
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] ?? '';
    const following = tokens[index + 1];
    if (GROUPING.has(token)) {
      if (following !== '(') continue;
      const end = tokens.indexOf(')', index);
      names.grouped.push(...tokens.slice(index + 2, end).filter((each) => each !== ','));
      index = end;
    } else if (IS_NAME.test(token) && !WORDS.has(token) && !isFunction(tokens, index)) {
      const end = following === '{' ? tokens.indexOf('}', index) : index;
      const inside = tokens.slice(index + 2, end);
      const labels = inside.filter((_, place) => /^(=|!=|=~|!~)$/.test(inside[place + 1] ?? ''));
      names.selected.push({ metric: token, labels });
      index = end;
    } else if (token === '{') throw new Error(`a selector without a metric: ${expression}`);
  }
  return names;
}

/** Functions and aggregations are names before a parenthesis, also behind `sum by (…)`. */
function isFunction(tokens: readonly string[], index: number): boolean {
  const following = tokens[index + 1] ?? '';
  return following === '(' || GROUPING.has(following);
}

function tokensOf(expression: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < expression.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const [token] = TOKEN.exec(expression) ?? [];
    if (token === undefined) throw new Error(`not PromQL at ${at}: ${expression}`);
    if (!/^[\s#]/.test(token)) tokens.push(token);
  }
  return tokens;
}
