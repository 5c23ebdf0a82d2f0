/** Many more levels than any file of ours has, and many fewer than bring a reader of YAML to the end of its stack. */
const MOST_LEVELS = 100;
const BLOCKS_IN_A_LINE = new RegExp(`^\\s*(?:[-?][ \\t]+){${MOST_LEVELS}}`, 'm');
const INDENTATION = new RegExp(`^[ \\t]{${8 * MOST_LEVELS}}`, 'm');

/**
 * Is a text of YAML (or JSON) nested more than a hundred levels deep? By its brackets, dashes and indentation: a reader
 * goes down one call for each level, and at the end of the stack some end the process instead of throwing an error.
 */
export function isNestedTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > MOST_LEVELS) return true;
    // What closes more than was opened is wrong, and hides nothing that follows.
    depth = Math.max(0, depth);
  }
  return BLOCKS_IN_A_LINE.test(text) || INDENTATION.test(text);
}
