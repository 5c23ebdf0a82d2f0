import type * as z from 'zod';
import type { TopicKind } from '../topic.js';

/** One topic of the wire format as its documentation needs it. */
export interface WireMessage {
  kind: TopicKind;
  from: 'terminal' | 'gateway';
  retained: boolean;
  contentType: 'application/json' | 'text/plain';
  schema: z.ZodType;
  title: string;
  summary: string;
  /** What the schema cannot say, CommonMark. */
  description: string;
  examples: { name: string; summary: string; payload: unknown }[];
}
