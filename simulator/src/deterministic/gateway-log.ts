import type { IngestParts } from '@hymio/gateway';
import type { Reached } from './reached.js';
import type { SimulatedProcess } from './simulated-process.js';
import { STUMBLE } from './slow-store.js';
import type { Trace } from './trace.js';
import type { Verdict } from './verdict.js';

type Note = (event: string, fields?: Record<string, unknown>) => void;

/** What the gateway logs goes into the trace. An arrival that it dropped for a reason of its own is a breach. */
export function gatewayLog(
  process: SimulatedProcess,
  { trace, reached }: { trace: Trace; reached: Reached },
  verdict: Verdict,
): IngestParts['log'] {
  const note: Note = (event, fields) => {
    // Where an error came from is told otherwise from run to run of the same seed.
    const { stack: _, ...said } = fields ?? {};
    if (!process.alive) return;
    trace.note(`gateway: ${event} ${JSON.stringify(said)}`);
    reached.note('ingest', `says: ${event}`);
  };
  const error: Note = (event, fields) => {
    note(event, fields);
    if (!process.alive || event !== 'arrival could not be committed' || fields?.['error'] === STUMBLE) return;
    verdict.fail('arrival-dropped', JSON.stringify(fields));
  };
  return { debug: note, info: note, warn: note, error };
}
