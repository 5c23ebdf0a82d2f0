import { readFileSync } from 'node:fs';
import { describeIssues, explainError, HymioError } from '@hymio/protocol';
import {
  type KeptPress,
  type LedgerLine,
  type LedgerRun,
  ledgerLineSchema,
  type UnansweredPress,
} from './ledger-line.js';

export interface LedgerContent {
  runs: LedgerRun[];
  kept: KeptPress[];
  unanswered: UnansweredPress[];
}

/**
 * Reads a ledger. A last line without its end is what a killed simulator was writing and is left out.
 * Errors: HymioError `ledger-unreadable`, `ledger-malformed` with the line.
 */
export function readLedger(file: string): LedgerContent {
  const content: LedgerContent = { runs: [], kept: [], unanswered: [] };
  const lines = readText(file).split('\n');
  lines.pop();
  for (const [index, text] of lines.entries()) {
    if (text === '') continue;
    const line = parseLine(text, `${file}:${index + 1}`);
    if (line.event === 'run') content.runs.push(line);
    else if (line.event === 'kept') content.kept.push(line);
    else content.unanswered.push(line);
  }
  return content;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const text = `The ledger ${file} cannot be read: ${explainError(error)}.`;
    throw new HymioError('ledger-unreadable', text, 'Name the file that `fleet --ledger` wrote.', { cause: error });
  }
}

function parseLine(text: string, where: string): LedgerLine {
  let reason: string;
  try {
    const result = ledgerLineSchema.safeParse(JSON.parse(text));
    if (result.success) return result.data;
    reason = describeIssues(result.error);
  } catch (error) {
    reason = explainError(error);
  }
  throw new HymioError('ledger-malformed', `${where} is not a line of a ledger: ${reason}.`, 'Run `fleet` again.');
}
