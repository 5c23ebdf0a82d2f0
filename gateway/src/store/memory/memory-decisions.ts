import type { applyPresence } from '../../ingest/apply-presence.js';
import type { markRepeats } from '../../ingest/mark-repeats.js';

/** How a memory store decides. */
export interface MemoryDecisions {
  /** Marks new presses and their neighbours; absent: every press of the terminal is marked anew, by the definition. */
  markRepeats?: typeof markRepeats;
  applyPresence: typeof applyPresence;
}
