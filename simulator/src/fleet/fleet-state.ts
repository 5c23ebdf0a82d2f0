import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainError, HymioError } from '@hymio/protocol';
import * as z from 'zod';

const stateSchema = z.object({ until: z.int() });

/**
 * True time (UTC ms) up to which terminals of this data folder have lived; undefined for a new folder. A terminal
 * never lives the same time twice. Errors: HymioError `fleet-data-unusable`.
 */
export function readFleetEnd(folder: string): number | undefined {
  try {
    mkdirSync(folder, { recursive: true });
    return stateSchema.parse(JSON.parse(readFileSync(stateFile(folder), 'utf8'))).until;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new HymioError(
      'fleet-data-unusable',
      `The data folder ${folder} cannot be used: ${explainError(error)}.`,
      'Give a new or writable folder with --data.',
      { cause: error },
    );
  }
}

export function writeFleetEnd(folder: string, until: number): void {
  writeFileSync(stateFile(folder), JSON.stringify({ until: Math.ceil(until) }));
}

function stateFile(folder: string): string {
  return join(folder, 'fleet.json');
}
