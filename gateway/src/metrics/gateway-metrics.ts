import type { Clock } from '@hymio/protocol';
import type { Store } from '../store/store.js';
import { assessTerminals } from '../terminals/assess-terminals.js';
import { VERSION } from '../version.js';
import { BriefMemory } from './brief-memory.js';
import type { MetricSources } from './metric-sources.js';
import { PrometheusMetrics } from './prometheus-metrics.js';
import { terminalCensus } from './terminal-census.js';

/** All terminals are read at most so often, ms, however many ask for the numbers. */
const CENSUS_KEPT_MS = 5_000;

export interface GatewayMetricsParts extends Omit<MetricSources, 'census'> {
  store: Pick<Store, 'registry' | 'terminals'>;
  clock: Clock;
  /** IANA zone of opening hours. */
  zone: string;
}

/** The numbers of a gateway with these parts. */
export function gatewayMetrics({ store, clock, zone, ...sources }: GatewayMetricsParts): PrometheusMetrics {
  const readCensus = async () => {
    const now = clock.now();
    const [registry, terminals] = await Promise.all([store.registry(), store.terminals(now)]);
    return terminalCensus(terminals, assessTerminals(registry, { now, zone }));
  };
  const census = new BriefMemory(readCensus, CENSUS_KEPT_MS, () => clock.monotonic());
  return new PrometheusMetrics({ version: VERSION }, { ...sources, census: () => census.get() });
}
