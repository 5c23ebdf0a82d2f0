import type { ButtonRules } from './button-rules.js';

const SECOND_MS = 1_000;

/** How often one contact changes: seconds are counted from a change on, so that an idle button costs nothing. */
export interface Chatter {
  secondMs: number;
  edges: number;
  /** Busy seconds in a row before this one. */
  busySeconds: number;
  /** End of the last busy second of a contact that chatters, boot ms; undefined for a good one. */
  chatteredMs: number | undefined;
}

export const QUIET: Chatter = {
  secondMs: Number.NEGATIVE_INFINITY,
  edges: 0,
  busySeconds: 0,
  chatteredMs: undefined,
};

/** One change more. */
export function countEdge(chatter: Chatter, atMs: number, rules: ButtonRules): Chatter {
  const elapsedMs = atMs - chatter.secondMs;
  const within = elapsedMs < SECOND_MS;
  const busy = chatter.edges > rules.chatterEdgesPerSecond;
  const next: Chatter = within
    ? { ...chatter, edges: chatter.edges + 1 }
    : {
        ...chatter,
        secondMs: elapsedMs < 2 * SECOND_MS ? chatter.secondMs + SECOND_MS : atMs,
        edges: 1,
        busySeconds: busy && elapsedMs < 2 * SECOND_MS ? chatter.busySeconds + 1 : 0,
      };
  const seconds = next.busySeconds + (next.edges > rules.chatterEdgesPerSecond ? 1 : 0);
  return seconds >= rules.chatterSeconds ? { ...next, chatteredMs: atMs } : next;
}

/** The same after time without changes. */
export function calmDown(chatter: Chatter, atMs: number, { chatterQuietMs }: ButtonRules): Chatter {
  const { chatteredMs } = chatter;
  return chatteredMs !== undefined && atMs >= chatteredMs + chatterQuietMs
    ? { ...chatter, chatteredMs: undefined }
    : chatter;
}
