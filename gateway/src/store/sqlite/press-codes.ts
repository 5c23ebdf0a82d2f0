import { CLOCK_QUALITIES, type ClockQuality } from '@hymio/protocol/plain';
import { SUSPICIONS, type Suspicion } from '../../ingest/suspect-press.js';

/** How a clock quality is stored. */
export function clockCode(clock: ClockQuality): number {
  return CLOCK_QUALITIES.indexOf(clock);
}

export function clockOfCode(code: number): ClockQuality {
  return CLOCK_QUALITIES[code] ?? 'estimated';
}

/** How a suspicion is stored; 0: none. */
export function suspicionCode(suspicion: Suspicion | undefined): number {
  return suspicion === undefined ? 0 : SUSPICIONS.indexOf(suspicion) + 1;
}

export function suspicionOfCode(code: number): Suspicion | undefined {
  return SUSPICIONS[code - 1];
}
