import { HymioError } from './hymio-error.js';
import { isNestedTooDeep } from './nesting.js';

/** What a library of YAML throws about a text: where, where it knows. */
interface YamlFault {
  code?: unknown;
  message?: unknown;
  linePos?: readonly { line: number; col: number }[];
}

/**
 * What a text of YAML says. `file`: where it comes from, for whom it has to be mended; `parse`: the library, passed in.
 * Error: HymioError `config-unreadable`, with the line and column where the library knows them.
 */
export function readYamlText(text: string, file: string, parse: (text: string) => unknown): unknown {
  if (isNestedTooDeep(text)) {
    const next = 'Nothing that is read from YAML needs more than a few levels: correct it.';
    throw new HymioError('config-unreadable', `${file} is nested too deep.`, next);
  }
  try {
    return parse(text);
  } catch (error) {
    throw notYaml(file, error);
  }
}

function notYaml(file: string, error: unknown): HymioError {
  const { code, message, linePos } = (error ?? {}) as YamlFault;
  const at = linePos?.[0];
  const where = at === undefined ? '' : ` at line ${at.line}, column ${at.col}`;
  // Below the first line the library shows a piece of the file, which may hold what a log should not.
  const [first = ''] = String(message ?? error).split('\n', 1);
  const what = code === 'MULTIPLE_DOCS' ? 'a second document begins with ---' : first.replace(/ at line \d+.*$/, '');
  return new HymioError(
    'config-unreadable',
    `${file} is not valid YAML${where}: ${what}.`,
    `Correct ${at === undefined ? 'it' : 'that line or the one before'}: indent with spaces, write \`name: value\`, close what is opened, and quote texts with : # or @ in them.`,
    { cause: error },
  );
}
