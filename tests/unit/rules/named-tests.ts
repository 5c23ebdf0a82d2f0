import { existsSync, readFileSync } from 'node:fs';

/** A test that a page names as the proof of a line. */
export interface NamedTest {
  line: string;
  /** As it stands in the link. */
  path: string;
  /** Of one test of that file; absent: all of it. */
  title: string | undefined;
}

/** The rows of all tables of a Markdown file, cell by cell; `head`: the first cell of the heads to leave out. */
export function rowsOf(page: URL, head: string): string[][] {
  return readFileSync(page, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()))
    .filter(([first = '']) => first !== head && !/^-+$/.test(first));
}

/** What a cell such as `[a](../a.test.ts) “title”; [b](../b.test.ts)` names. */
export function testsNamed(line: string, shown: string): NamedTest[] {
  return shown.split('; ').map((one) => {
    const [, path = '', title] = /\]\(([^)]+)\)(?: “([^”]+)”)?$/.exec(one) ?? [];
    return { line, path, title };
  });
}

/** Whether the file is there, seen from `page`, and the title stands in it as it stands on the page. */
export function isThere({ path, title }: NamedTest, page: URL): boolean {
  const file = new URL(path, page);
  if (!path.endsWith('.test.ts') || !existsSync(file)) return false;
  return title === undefined || readFileSync(file, 'utf8').includes(title);
}
