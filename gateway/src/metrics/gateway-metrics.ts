import type { Clock } from '@hymio/protocol';
import type { AlertStore } from '../alerts/alert-store.js';
import type { Board } from '../board/board.js';
import type { ReportStore } from '../reporting/report-store.js';
import { VERSION } from '../version.js';
import { BriefMemory } from './brief-memory.js';
import type { MetricSources } from './metric-sources.js';
import { PrometheusMetrics } from './prometheus-metrics.js';
import { terminalCensus } from './terminal-census.js';

/** All terminals are read at most so often, ms, however many ask for the numbers. */
const CENSUS_KEPT_MS = 5_000;

/** Notices looked at; with so many waiting the number no longer matters. */
const MOST_NOTICES = 500;

export interface GatewayMetricsParts extends Omit<MetricSources, 'census' | 'alerts'> {
  alerts: { openCount: () => number; store: Pick<AlertStore, 'waitingNotices'> };
  reports: Pick<ReportStore, 'waitingMails'>;
  board: Pick<Board, 'look'>;
  clock: Pick<Clock, 'monotonic'>;
}

/** The numbers of a gateway with these parts. */
export function gatewayMetrics({ board, clock, alerts, reports, ...sources }: GatewayMetricsParts): PrometheusMetrics {
  const readCensus = async () => terminalCensus((await board.look()).terminals);
  const census = new BriefMemory(readCensus, CENSUS_KEPT_MS, () => clock.monotonic());
  const readAlerts = async () => {
    const [notices, mails] = await Promise.all([
      alerts.store.waitingNotices(MOST_NOTICES),
      reports.waitingMails(MOST_NOTICES),
    ]);
    const undelivered = [...notices, ...mails].filter(
      ({ state }) => state.kind === 'waiting' && state.attempts > 0,
    ).length;
    return { open: alerts.openCount(), undelivered };
  };
  const notices = new BriefMemory(readAlerts, CENSUS_KEPT_MS, () => clock.monotonic());
  return new PrometheusMetrics(
    { version: VERSION },
    { ...sources, census: () => census.get(), alerts: () => notices.get() },
  );
}
