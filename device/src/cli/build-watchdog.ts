import { SystemClock } from '../clock/system-clock.js';
import type { TerminalConfig } from '../config/terminal-config.js';
import { FIRMWARE_BUILT_AT } from '../firmware.js';
import type { Log } from '../log/log.js';
import type { Panel } from '../panel/panel.js';
import { JournalWatch } from '../supervision/journal-watch.js';
import type { Supervisor } from '../supervision/supervisor.js';
import { Watchdog } from '../supervision/watchdog.js';
import type { Terminal } from '../terminal.js';

/** The watchdog over this process's terminal and panel, for whoever started the process. */
export function buildWatchdog(
  config: TerminalConfig,
  terminal: Terminal,
  panel: Panel,
  { log, supervisor }: { log: Log; supervisor: Supervisor },
): Watchdog {
  const clock = new SystemClock('system', FIRMWARE_BUILT_AT);
  const journal = new JournalWatch(terminal, config.data, clock);
  return new Watchdog({
    supervisor,
    clock,
    log,
    facts: () => ({ journal: journal.progress(), panel: panel.progress?.() ?? { kind: 'ready' } }),
  });
}
