import type * as z from 'zod';
/** One topic of the wire format as its documentation needs it. */
export interface WireMessage {
  /** Of a terminal's topic the last level; of an event its name. */
  kind: string;
  from: 'terminal' | 'gateway';
  retained: boolean;
  contentType: 'application/json' | 'text/plain';
  schema: z.ZodType;
  title: string;
  summary: string;
  /** There for what the gateway tells those who integrate it: its topic, and what `{place}` stands for in it. */
  event?: { address: string; place: string };
  /** What the schema cannot say, CommonMark. */
  description: string;
  examples: { name: string; summary: string; payload: unknown }[];
}
