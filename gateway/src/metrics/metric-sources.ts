import type { Readiness } from '../http/http-parts.js';
import type { StoreSize } from '../store/sqlite/store-size.js';
import type { TerminalCensus } from './terminal-census.js';

/** Alerts and their notices in two numbers. */
export interface AlertCensus {
  /** Open, and nobody has them in hand. */
  open: number;
  /** Notices and mails with reports that were tried and have not been delivered yet. */
  undelivered: number;
}

/** What is looked at when the numbers are asked for; each may fail without the others. */
export interface MetricSources {
  census: () => Promise<TerminalCensus>;
  readiness: () => Promise<Readiness>;
  storeSize: () => Promise<StoreSize>;
  alerts: () => Promise<AlertCensus>;
  /** Messages refused since the start, by reason. */
  refusals: () => Readonly<Record<string, number>>;
  /** Event streams open now. */
  streams: () => number;
  /** Programs connected to the embedded broker; undefined where there is none. */
  brokerClients: () => number | undefined;
  /** Connections to it that were refused since the start; undefined where there is none. */
  brokerRefusals: () => number | undefined;
  /** Told when a source cannot be read. */
  onError: (source: string, error: unknown) => void;
}
