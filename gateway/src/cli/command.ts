import { type CommandName, HymioError } from '@hymio/protocol';
import { CATALOGUES } from '../language/catalogues.js';
import { operate } from './operate.js';
import { whoAsks } from './who-asks.js';

/**
 * Asks a terminal and prints what became of it; diagnostics as JSON. Errors: HymioError `gateway-unreachable`,
 * `unknown-terminal`, `command-refused`, `command-unanswered`.
 */
export async function giveCommand(
  terminal: string,
  command: CommandName,
  { config }: { config: string },
): Promise<void> {
  const { state, code, detail, diagnostics } = await operate(config, 'command', { terminal, command, by: whoAsks() });
  if (state === 'refused') {
    throw new HymioError(
      'command-refused',
      `${terminal} refused ${command}${whyOf(code, detail)}`,
      "See the terminal's page, and its faults there.",
    );
  }
  if (state !== 'done') {
    const why = state === 'not-sent' ? 'there is no connection to the broker' : 'no answer within 10 s';
    throw new HymioError(
      'command-unanswered',
      `${terminal}, ${command}: ${why}.`,
      'See whether the terminal is online.',
    );
  }
  process.stdout.write(diagnostics === undefined ? 'done\n' : `${JSON.stringify(diagnostics, undefined, 2)}\n`);
}

/** A newer terminal may have a code that is not known here: it is shown as it is. */
function whyOf(code: string | undefined, detail: string | undefined): string {
  if (code === undefined) return ': It does not say why.';
  const why = CATALOGUES.en.terminalSettings.refusals[code];
  const said = ` (${code}${detail === undefined ? '' : `: ${detail}`})`;
  return why === undefined ? `${said}.` : `${said}: ${why}`;
}
