import { readTerminalConfig } from '../config/terminal-config.js';
import { enrolTerminal } from '../identity/enrol-terminal.js';
import { IdentityFile } from '../identity/identity-file.js';

/** Enrols this terminal with its gateway, also while the firmware runs; the next connection shows the certificate. */
export async function enrol(options: { config: string; gateway: string; code: string }): Promise<void> {
  const { config, gateway, code } = options;
  const { terminal, data, broker } = readTerminalConfig(config);
  const until = await enrolTerminal(terminal, new IdentityFile(data), { gateway, code });
  process.stdout.write(`terminal ${terminal} enrolled; the certificate holds until ${new Date(until).toISOString()}\n`);
  if (broker.url.startsWith('mqtts:')) return;
  process.stderr.write(
    'The broker is still reached without TLS: set broker.url to mqtts://… and start the firmware again.\n',
  );
}
