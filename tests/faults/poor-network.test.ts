import { afterAll, beforeAll, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { POOR_NETWORK_NEEDS, PoorNetwork } from '../support/poor-network.js';
import { describeWith } from '../support/requirements.js';
import { runCommand } from '../support/run-command.js';
import { TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import { freePort, TERMINAL_PROGRAM, TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

/** As the other host calls the gateway. */
const GATEWAY = 'gateway.hymio.test';
const PATIENCE_MS = 240_000;
/** A terminal of which nothing arrives is known to be offline within this: keep-alive is 30 s, and half as much is allowed. */
const MISSED_WITHIN_MS = 90_000;

describeWith(POOR_NETWORK_NEEDS, 'a terminal at the end of a poor network', () => {
  const bench = new TestBench('poor-network');
  let network: PoorNetwork;
  let gateway: GatewayProgram;
  let port: number;
  const gatewayConfig = () =>
    writeGatewayConfig(bench, 'gateway', {
      more: { mqtt: { listen: `${network.near}:${port}`, allowPlain: true } },
    });

  beforeAll(async () => {
    network = await PoorNetwork.start(bench);
    port = await freePort();
    gateway = await GatewayProgram.start(bench, gatewayConfig());
  });
  afterAll(() => bench.clear());

  function startTerminal(name: string): TerminalProgram {
    const more = { broker: { url: `mqtt://${GATEWAY}:${port}` } };
    return new TerminalProgram(bench, name, writeTerminalConfig(bench, name, port, more), network.there);
  }
  const arrived = (terminal: string, presses: number) =>
    until(
      `${presses} presses of ${terminal} arrive`,
      () => gateway.presses(terminal),
      (seen) => seen.length >= presses,
      PATIENCE_MS,
    );
  const stateOf = async (terminal: string) =>
    (await gateway.json<{ state: { kind: string; since: number } }>(`/api/v1/terminals/${terminal}`)).state;

  it('keeps what is pressed while no name is known, says so, and delivers once there is one', async () => {
    network.names({});
    const terminal = startTerminal('nameless');
    await terminal.child.line(new RegExp(`ENOTFOUND ${GATEWAY}.*no connection to the broker`));
    const kept = [await terminal.press(3), await terminal.press(0)];
    const config = bench.path('nameless.yaml');
    await until(
      'its status on the spot names it',
      async () => JSON.parse((await runCommand(TERMINAL_PROGRAM, 'status', '--json', '--config', config)).stdout),
      (shown: { pending: number; faults: { code: string }[] }) =>
        shown.pending === 2 && shown.faults.some(({ code }) => code === 'broker-unreachable'),
    );
    network.names({ [GATEWAY]: network.near });
    await arrived('nameless', 2);
    expect((await gateway.presses('nameless')).map(({ epoch, seq, rating }) => ({ epoch, seq, rating }))).toEqual(
      kept.map(({ epoch, seq, rating }) => ({ epoch, seq, rating })),
    );
    await terminal.stop();
  });

  it('delivers each press once where a third of the packets is lost and the others come late and in any order', async () => {
    network.names({ [GATEWAY]: network.near });
    await network.become({ loss: 0.3, leastMs: 50, mostMs: 400 });
    const terminal = startTerminal('lossy');
    for (let press = 0; press < 40; press += 1) await terminal.press(press % 4);
    await arrived('lossy', 40);
    await network.become({ loss: 0 });
    const seqs = (await gateway.presses('lossy')).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    await terminal.stop();
  }, 300_000);

  it('notices a connection of which one end is gone, and delivers what was pressed meanwhile', async () => {
    network.names({ [GATEWAY]: network.near });
    await network.become({ loss: 0 });
    const terminal = startTerminal('half-open');
    await terminal.press(3);
    await arrived('half-open', 1);
    await network.cut();
    const cutAt = Date.now();
    await terminal.press(2);
    // Neither side is told: the gateway hears of it by the keep-alive that does not come.
    const { since } = await until(
      'the gateway misses it',
      () => stateOf('half-open'),
      ({ kind }) => kind.startsWith('offline'),
      PATIENCE_MS,
    );
    expect(since - cutAt).toBeLessThan(MISSED_WITHIN_MS);
    await terminal.press(1);
    // The gateway's end of every connection is gone, without a word to the terminal.
    await gateway.stop('SIGKILL');
    gateway = await GatewayProgram.start(bench, gatewayConfig());
    await terminal.press(0);
    await network.become({ loss: 0 });
    await arrived('half-open', 4);
    expect((await gateway.presses('half-open')).map(({ seq, rating }) => [seq, rating])).toEqual([
      [1, 3],
      [2, 2],
      [3, 1],
      [4, 0],
    ]);
    await terminal.stop();
  }, 300_000);
});
