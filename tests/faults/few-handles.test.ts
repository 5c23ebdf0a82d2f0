import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AckListener } from '../support/ack-listener.js';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { describeWith } from '../support/requirements.js';
import { TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import { TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

/** More than either program needs, within what every system allows. */
const AS_EVER = 1_024;

/** From now on the process may open so many files and connections more; undefined: as many as ever. */
function leaveHandles(pid: number, more: number | undefined): void {
  const taken = new Set(readdirSync(`/proc/${pid}/fd`).map(Number));
  let free = 0;
  while (taken.has(free)) free += 1;
  // Only the lower of the two limits: the upper one could not be raised again.
  const limit = more === undefined ? AS_EVER : free + more;
  execFileSync('prlimit', ['--pid', String(pid), `--nofile=${limit}:`]);
}

describeWith(['prlimit'], 'a process that may open no more files and connections', () => {
  let bench: TestBench;
  let gateway: GatewayProgram;
  beforeEach(async () => {
    bench = new TestBench('few-handles');
    gateway = await GatewayProgram.start(bench, writeGatewayConfig(bench, 'gateway'));
  });
  afterEach(() => bench.clear());

  const arrived = (terminal: string, presses: number) =>
    until(
      `${presses} presses of ${terminal} arrive`,
      () => gateway.presses(terminal),
      (seen) => seen.length >= presses,
    );

  it('a gateway goes on with those that are connected, and lets others in once there is room', async () => {
    const terminal = new TerminalProgram(bench, 'inside', writeTerminalConfig(bench, 'inside', gateway.mqttPort));
    await terminal.connected();
    await terminal.press(3);
    await arrived('inside', 1);
    const acks = new AckListener();
    await acks.listen(gateway.mqttPort);
    leaveHandles(gateway.child.pid, 3);
    const idle: Socket[] = Array.from({ length: 40 }, () => connect({ host: '127.0.0.1', port: gateway.mqttPort }));
    for (const socket of idle) socket.on('error', () => undefined);
    await Promise.race(idle.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    const outside = new TerminalProgram(bench, 'outside', writeTerminalConfig(bench, 'outside', gateway.mqttPort));
    await outside.press(1);
    // While there is no room.
    await acks.acknowledged(await terminal.press(2));
    expect(gateway.child.running).toBe(true);
    for (const socket of idle) socket.destroy();
    leaveHandles(gateway.child.pid, undefined);
    await arrived('inside', 2);
    await arrived('outside', 1);
    await acks.leave();
    await outside.stop();
    await terminal.stop();
  });

  it('a terminal keeps what is pressed, and delivers once it may connect again', async () => {
    const terminal = new TerminalProgram(bench, 'poor', writeTerminalConfig(bench, 'poor', gateway.mqttPort));
    await terminal.connected();
    await terminal.press(3);
    await arrived('poor', 1);
    const { mqttPort: port } = gateway;
    await gateway.stop();
    await terminal.child.line(/no connection to the broker/);
    // The place of the connection that ended is not taken again.
    leaveHandles(terminal.child.pid, 0);
    gateway = await GatewayProgram.start(bench, writeGatewayConfig(bench, 'gateway', { mqttPort: port }));
    for (const rating of [2, 1, 0]) await terminal.press(rating);
    await terminal.child.line(/EMFILE.*no connection to the broker/, 0);
    leaveHandles(terminal.child.pid, undefined);
    await arrived('poor', 4);
    await terminal.stop();
  });
});
