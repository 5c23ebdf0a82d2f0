import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Fault, HymioError } from '@hymio/protocol';
import { readTerminalConfig } from '../config/terminal-config.js';
import { JOURNAL_NAME } from '../journal/journal-folder.js';
import { readJournalSummary } from '../journal/journal-summary.js';
import { readFaults } from '../status/faults-file.js';

/** Prints what the journal of this terminal holds and what is wrong now, without disturbing a running firmware. */
export function showStatus(file: string, json: boolean): void {
  const config = readTerminalConfig(file);
  const journal = join(config.data, JOURNAL_NAME);
  if (!existsSync(journal)) {
    throw new HymioError(
      'journal-missing',
      `There is no journal in ${config.data} yet.`,
      'Start the firmware once with `run`.',
    );
  }
  const summary = readJournalSummary(journal);
  const faults = readFaults(config.data);
  if (json) {
    const running = { running: faults !== undefined, faults: faults ?? [] };
    process.stdout.write(`${JSON.stringify({ terminal: config.terminal, ...summary, ...running })}\n`);
    return;
  }
  const { pending, held, setAside, lastPressAt, epochs } = summary;
  const last = lastPressAt === undefined ? 'never' : new Date(lastPressAt).toISOString();
  process.stdout.write(`terminal    ${config.terminal}\njournal     ${journal}\npending     ${pending} presses\n`);
  process.stdout.write(
    `held        ${held} presses (acknowledged ones are kept for 7 days)\nset aside   ${setAside}\nlast press  ${last}\n`,
  );
  for (const { epoch, oldestSeq, lastSeq, ackedSeq } of epochs) {
    process.stdout.write(`epoch       ${epoch}  presses ${oldestSeq}-${lastSeq}, acknowledged up to ${ackedSeq}\n`);
  }
  process.stdout.write(`firmware    ${faults === undefined ? 'does not run' : 'runs'}\n`);
  for (const fault of faults ?? []) process.stdout.write(`fault       ${describeFault(fault)}\n`);
  if (faults?.length === 0) process.stdout.write('faults      none\n');
}

function describeFault({ code, since, detail }: Fault): string {
  return `${code} since ${new Date(since).toISOString()}${detail === undefined ? '' : `: ${detail}`}`;
}
