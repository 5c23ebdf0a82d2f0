import type { Clock } from '@hymio/protocol';
import type { TerminalConfig } from '../config/terminal-config.js';
import type { Log } from '../log/log.js';
import { DEFAULT_BUTTON_RULES } from './buttons/button-rules.js';
import { makeDriver } from './make-driver.js';
import type { Panel } from './panel.js';
import { StdinPanel } from './stdin-panel.js';
import { SupervisedPanel } from './supervised-panel.js';
import { UsageFile } from './usage-file.js';

/** Where a panel of text lines reads and answers. */
export interface TextStreams {
  input: NodeJS.ReadableStream;
  answer: (line: string) => void;
}

/** The panel that is configured. `clock` must be the one that the terminal has: presses carry its boot time. */
export function buildPanel(config: TerminalConfig, clock: Clock, log: Log, { input, answer }: TextStreams): Panel {
  const { panel, buttons, data } = config;
  if (panel.type === 'stdin') {
    return new StdinPanel(input, answer, (error) => log.error('presses cannot be read', { error: error.message }));
  }
  return new SupervisedPanel({
    makeDriver: () => makeDriver(panel, clock),
    clock,
    random: Math.random,
    log,
    usage: new UsageFile(data, log),
    rules: { ...DEFAULT_BUTTON_RULES, ...buttons },
    // Of one that debounces by itself only its board knows.
    has:
      panel.type === 'serial'
        ? { light: true, beep: true }
        : { light: panel.led !== undefined, beep: panel.beeper !== undefined },
  });
}
