import { weekOf } from '@hymio/gateway';
import { afterAll, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { MosquittoProgram } from '../support/mosquitto-program.js';
import { describeWith } from '../support/requirements.js';
import { runCommand } from '../support/run-command.js';
import { TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import { freePort, GATEWAY_PROGRAM, TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

interface TerminalAnswer {
  pending: number | null;
  missingPresses: number;
  lost: object[];
}

const identity = ({ epoch, seq, rating }: { epoch: string; seq: number; rating: number }) =>
  `${epoch} ${seq} ${rating}`;

for (const kind of ['embedded', 'mosquitto'] as const) {
  describeWith(kind === 'mosquitto' ? ['mosquitto'] : [], `a store restored from yesterday, ${kind} broker`, () => {
    const bench = new TestBench(`restored-${kind}`);
    afterAll(() => bench.clear());

    it('gets back from the terminals what it has forgotten, and says what happened', async () => {
      const broker = kind === 'mosquitto' ? await MosquittoProgram.start(bench) : undefined;
      const mqttPort = broker?.port ?? (await freePort());
      const config = writeGatewayConfig(
        bench,
        'gateway',
        broker === undefined ? { mqttPort } : { brokerUrl: broker.url },
      );
      let gateway = await GatewayProgram.start(bench, config);
      const terminals = ['restored-1', 'restored-2'].map(
        (id) =>
          new TerminalProgram(bench, id, writeTerminalConfig(bench, id, mqttPort, { heartbeatIntervalMs: 1_000 })),
      );
      const kept = () => terminals.flatMap((terminal) => terminal.kept());
      const delivered = () =>
        until(
          'all delivered',
          () => gateway.presses(),
          (presses) => presses.length === kept().length,
        );
      const pressAll = async (count: number) => {
        for (const terminal of terminals)
          for (let press = 0; press < count; press += 1) await terminal.press(press % 4);
        return delivered();
      };
      await Promise.all(terminals.map((terminal) => terminal.connected()));
      await pressAll(5);
      const backup = ['backup', '--out', bench.path('yesterday.sqlite'), '--config', config] as const;
      expect((await runCommand(GATEWAY_PROGRAM, ...backup)).code).toBe(0);
      await pressAll(7);
      const cursor = (await gateway.fetch('/api/v1/presses')).headers.get('x-next-cursor');
      await until(
        'the terminals know it',
        () =>
          Promise.all(terminals.map(({ terminal }) => gateway.json<TerminalAnswer>(`/api/v1/terminals/${terminal}`))),
        (all) => all.every(({ pending }) => pending === 0),
      );
      await gateway.stop('SIGKILL');
      const restore = ['restore', '--from', bench.path('yesterday.sqlite'), '--config', config] as const;
      expect(await runCommand(GATEWAY_PROGRAM, ...restore)).toMatchObject({ code: 0, stderr: '' });

      gateway = await GatewayProgram.start(bench, config);
      const stored = await delivered();
      expect(stored.map(identity).sort()).toEqual(kept().map(identity).sort());
      // Who reads the export by its cursor gets the restored ones too: a number is never used for another press.
      const behind = await (await gateway.fetch(`/api/v1/presses?after=${cursor}`)).text();
      expect(behind.trim().split('\n')).toHaveLength(2 * 7);
      const week = weekOf(Date.now(), 'Europe/Helsinki').id;
      const report = await gateway.json<{ counts: { n: number; repeats: number }; incidents: { kind: string }[] }>(
        `/api/v1/reports/weekly/${week}`,
      );
      expect(report.counts.n + report.counts.repeats).toBe(kept().length);
      expect(report.incidents).toMatchObject([{ kind: 'store-restored' }]);
      for (const { terminal } of terminals) {
        const shown = await gateway.json<TerminalAnswer>(`/api/v1/terminals/${terminal}`);
        expect(shown).toMatchObject({ lost: [], missingPresses: 0 });
      }
    });
  });
}
