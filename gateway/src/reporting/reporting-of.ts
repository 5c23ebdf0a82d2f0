import type { Clock } from '@hymio/protocol';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { Log } from '../log/log.js';
import { mailServerOf } from '../notices/mail-server-of.js';
import type { PdfPrinter } from '../pdf/pdf-printer.js';
import type { Store } from '../store/store.js';
import { cronTimes } from './report-schedule.js';
import { Reporting } from './reporting.js';

/** Reporting as a gateway's configuration wants it. Error: `config-invalid` where a secret cannot be read. */
export function reportingOf(
  config: GatewayConfig,
  parts: { store: Store; clock: Clock; log: Log; printer: PdfPrinter },
): Reporting {
  const { timezone, reports, http } = config;
  const mail = mailServerOf(config);
  return new Reporting({
    ...parts,
    random: Math.random,
    zone: timezone,
    schedule: reports.schedule === 'off' ? undefined : cronTimes(reports.schedule, timezone),
    ...(mail === undefined ? {} : { mail }),
    ...(http.publicUrl === undefined ? {} : { publicUrl: http.publicUrl }),
  });
}
