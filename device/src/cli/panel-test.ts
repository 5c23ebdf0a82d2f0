import { constants } from 'node:os';
import { HymioError } from '@hymio/protocol';
import { SystemClock } from '../clock/system-clock.js';
import { readTerminalConfig, type TerminalConfig } from '../config/terminal-config.js';
import { FIRMWARE_BUILT_AT } from '../firmware.js';
import { DEFAULT_BUTTON_RULES } from '../panel/buttons/button-rules.js';
import { type HardwarePanelConfig, makeDriver } from '../panel/make-driver.js';
import type { PanelOutputs } from '../panel/panel-test/step-panel-test.js';
import { TestedPanel } from '../panel/panel-test/tested-panel.js';

/**
 * Shows what the panel does, walks through its buttons and lights, and says what passed; no press is kept. The exit code
 * is 0 where all passed, 1 where not, 130 or 143 where it was stopped by SIGINT or SIGTERM; the panel is let go in any
 * case. Errors: `panel-has-no-hardware`, `panel-in-use`, those of the configuration.
 */
export async function panelTest(file: string): Promise<void> {
  const { panel: config, buttons } = readTerminalConfig(file);
  const hardware = withHardware(config);
  const clock = new SystemClock('system', FIRMWARE_BUILT_AT);
  const test = new TestedPanel({
    makeDriver: () => makeDriver(hardware, clock, true),
    // A panel that debounces by itself sends presses as well as edges: only the former count.
    pressesFrom: hardware.type === 'serial' ? 'panel' : 'edges',
    outputs: outputsOf(hardware),
    rules: { ...DEFAULT_BUTTON_RULES, ...buttons },
    clock,
    say: (line) => void process.stdout.write(`${line}\n`),
  });
  let stoppedBy: keyof typeof constants.signals | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stoppedBy = signal;
      test.interrupt();
    });
  }
  // Who reads along has gone: nobody pushes any more.
  process.stdout.on('error', () => test.interrupt());
  process.stdout.write(`testing the ${hardware.type} panel; no press is kept. Ctrl-C ends it\n`);
  const { outcome, fault } = await test.run();
  if (outcome === 'in-use') throw inUse(fault ?? 'it is busy');
  process.exitCode = stoppedBy !== undefined ? 128 + constants.signals[stoppedBy] : outcome === 'passed' ? 0 : 1;
}

/** A serial panel has its light without our knowing. */
function outputsOf(hardware: HardwarePanelConfig): PanelOutputs {
  if (hardware.type === 'serial') return { light: true, beeper: 'perhaps' };
  return { light: hardware.led !== undefined, beeper: hardware.beeper === undefined ? 'no' : 'yes' };
}

function withHardware(config: TerminalConfig['panel']): HardwarePanelConfig {
  if (config.type !== 'stdin') return config;
  throw new HymioError(
    'panel-has-no-hardware',
    'The panel of this configuration is stdin: it has no buttons that could be tested.',
    'Configure a panel of type firmata, gpio or serial (docs/wiring.md).',
  );
}

function inUse(fault: string): HymioError {
  return new HymioError(
    'panel-in-use',
    `Another program has the panel (${fault}).`,
    'Mostly that is the firmware: stop it for the test with `sudo systemctl stop hymio-terminal`, and start it afterwards.',
  );
}
