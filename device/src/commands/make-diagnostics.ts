import {
  type ConfigMessage,
  type Diagnostics,
  MAX_DIAGNOSTIC_LINE,
  MAX_DIAGNOSTIC_LINES,
  type StatusMessage,
  settingsSchema,
} from '@hymio/protocol';
import { maskSecrets } from '../log/mask-secrets.js';

/** What is known of the process. */
export interface DiagnosticFacts {
  /** Version of Node.js. */
  node: string;
  /** Operating system and processor. */
  system: string;
  /** Newest lines of the log, newest last. */
  log: () => readonly string[];
}
export const NO_FACTS: DiagnosticFacts = { node: '', system: '', log: () => [] };

/** What is told to whoever looks for what is wrong; what looks like a password does not leave the terminal. */
export function makeDiagnostics(
  status: StatusMessage,
  applied: ConfigMessage | undefined,
  { node, system, log }: DiagnosticFacts,
): Diagnostics {
  const { firmware, uptimeMs, clock, configVersion, hardware, pending, epochs, faults } = status;
  return {
    ...{ firmware, node, system, uptimeMs, clock, hardware, pending, epochs },
    ...(configVersion !== undefined && { configVersion }),
    settings: settingsSchema.parse(applied ?? {}),
    held: epochs.reduce((sum, { oldestSeq, lastSeq }) => sum + lastSeq - oldestSeq + 1, 0),
    faults: faults.map((fault) =>
      fault.detail === undefined ? fault : { ...fault, detail: maskSecrets(fault.detail) },
    ),
    log: log()
      .slice(-MAX_DIAGNOSTIC_LINES)
      .map((line) => maskSecrets(line).slice(0, MAX_DIAGNOSTIC_LINE)),
  };
}
