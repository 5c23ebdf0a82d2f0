import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { MuteBroker } from '../support/mute-broker.js';
import { TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import { freePort, TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

describe('a broker that falls silent', () => {
  let bench: TestBench;
  let port: number;
  let mute: MuteBroker | undefined;

  beforeEach(async () => {
    bench = new TestBench('mute-broker');
    port = await freePort();
  });
  afterEach(async () => {
    await mute?.stop();
    mute = undefined;
    await bench.clear();
  });

  async function arrivesAfterwards(terminal: TerminalProgram, presses: number): Promise<void> {
    await mute?.stop();
    mute = undefined;
    const gateway = await GatewayProgram.start(bench, writeGatewayConfig(bench, 'gateway', { mqttPort: port }));
    const seen = await until(
      'what was pressed arrives',
      () => gateway.presses(terminal.terminal),
      (found) => found.length >= presses,
    );
    expect(seen.map(({ seq }) => seq)).toEqual(Array.from({ length: presses }, (_, index) => index + 1));
  }

  it('that takes connections and never answers: presses are kept, the fault is named, and all arrive once it is mended', async () => {
    mute = await MuteBroker.start(port, { letsIn: false });
    const terminal = new TerminalProgram(bench, 'waiting', writeTerminalConfig(bench, 'waiting', port));
    await terminal.press(3);
    await terminal.child.line(/"reason":"connack timeout".*no connection to the broker/);
    await terminal.press(1);
    await arrivesAfterwards(terminal, 2);
  });

  it('after it has let the terminal in: each connection that ends is followed by one other', async () => {
    mute = await MuteBroker.start(port, { letsIn: true });
    const terminal = new TerminalProgram(bench, 'unheard', writeTerminalConfig(bench, 'unheard', port));
    const broker = mute;
    const told = async (more: number, from: number) => {
      await until(
        'messages are in flight',
        async () => broker.published - from,
        (count) => count >= more,
      );
    };
    for (let round = 1; round <= 3; round += 1) {
      const from = broker.published;
      await terminal.connected(terminal.child.lines.length);
      await terminal.press(round);
      // Word that it is there, its status and a press, none of which is answered.
      await told(3, from);
      expect(broker.connections).toBe(round);
      broker.drop();
    }
    await terminal.connected(terminal.child.lines.length);
    expect(broker.connections).toBe(4);
    await arrivesAfterwards(terminal, 3);
  });
});
