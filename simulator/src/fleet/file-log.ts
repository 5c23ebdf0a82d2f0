import { appendFileSync } from 'node:fs';
import type { Log } from '@hymio/device';

/** Appends JSON lines to a file, each at once; for what would clutter a console. */
export function fileLog(file: string, name: string): Log {
  const write =
    (level: string) =>
    (event: string, fields: Record<string, unknown> = {}): void =>
      appendFileSync(file, `${JSON.stringify({ time: new Date().toISOString(), level, name, event, ...fields })}\n`);
  return { info: write('info'), warn: write('warn'), error: write('error') };
}
