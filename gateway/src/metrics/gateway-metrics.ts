import type { Clock } from '@hymio/protocol';
import type { Board } from '../board/board.js';
import { VERSION } from '../version.js';
import { BriefMemory } from './brief-memory.js';
import type { MetricSources } from './metric-sources.js';
import { PrometheusMetrics } from './prometheus-metrics.js';
import { terminalCensus } from './terminal-census.js';

/** All terminals are read at most so often, ms, however many ask for the numbers. */
const CENSUS_KEPT_MS = 5_000;

export interface GatewayMetricsParts extends Omit<MetricSources, 'census'> {
  board: Pick<Board, 'look'>;
  clock: Pick<Clock, 'monotonic'>;
}

/** The numbers of a gateway with these parts. */
export function gatewayMetrics({ board, clock, ...sources }: GatewayMetricsParts): PrometheusMetrics {
  const readCensus = async () => terminalCensus((await board.look()).terminals);
  const census = new BriefMemory(readCensus, CENSUS_KEPT_MS, () => clock.monotonic());
  return new PrometheusMetrics({ version: VERSION }, { ...sources, census: () => census.get() });
}
