/** Longest line that is kept as it is, characters: many times what any of ours has. */
const LONGEST_LINE = 1_000;

/** What has come of a line that has no end yet: its beginning, and whether there was more. */
export interface LineState {
  readonly begun: string;
  readonly overlong: boolean;
}

export const NO_LINE: LineState = { begun: '', overlong: false };

/**
 * Takes text as it comes and gives its whole lines, which end with LF, CR or both. Of a line without end only the
 * beginning is kept, so that no sender can fill the memory; it is given with `…` behind it, and is like no line of ours.
 */
export function readTextLines(state: LineState, text: string): { state: LineState; lines: string[] } {
  const [first = '', ...others] = text.split(/\r\n|\n|\r/);
  const lines: string[] = [];
  let line = grown(state, first);
  for (const next of others) {
    lines.push(lineText(line));
    line = grown(NO_LINE, next);
  }
  return { state: line, lines };
}

/** The line as far as it came. */
export function lineText({ begun, overlong }: LineState): string {
  return overlong ? `${begun}…` : begun;
}

function grown({ begun, overlong }: LineState, more: string): LineState {
  const room = LONGEST_LINE - begun.length;
  return { begun: begun + more.slice(0, room), overlong: overlong || more.length > room };
}
