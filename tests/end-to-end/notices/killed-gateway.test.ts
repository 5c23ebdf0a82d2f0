import { openSqliteStore } from '@hymio/gateway';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../../support/gateway-program.js';
import { MailReceiver } from '../../support/mail-receiver.js';
import { TerminalProgram, writeTerminalConfig } from '../../support/terminal-program.js';
import { freePort, ON_DISK, TestBench } from '../../support/test-bench.js';
import { until } from '../../support/until.js';

const BY = { who: 'Aino', at: 0 };

interface ListedAlert {
  id: number;
  state: string;
  rule: { name: string };
}

/** A whole gateway that is killed at the worst moments, with real firmware and a real mail server. */
describe('a gateway that is killed while it tells of an alert', () => {
  let bench: TestBench;
  let smtpPort: number;
  let smtp: MailReceiver | undefined;
  let config: string;

  beforeEach(async () => {
    bench = new TestBench('killed-notices', ON_DISK);
    smtpPort = await freePort();
    config = writeGatewayConfig(bench, 'gateway', {
      mqttPort: await freePort(),
      more: { mail: { smtp: { host: '127.0.0.1', port: smtpPort }, from: 'hymio@example.org' } },
    });
    const store = await openSqliteStore({ folder: bench.path('gateway-data'), reads: 'in-thread' });
    await store.importRegistry({
      groups: [{ id: 'city', name: { en: 'City' } }],
      servicePoints: [{ id: 'kallio', group: 'city', name: { en: 'Kallio' }, repeatWindowMs: 0 }],
      questions: [],
      terminals: [{ id: 'kallio-1' }],
      assignments: [{ terminal: 'kallio-1', servicePoint: 'kallio', from: '2020-01-01T00:00:00Z' }],
    });
    await store.alerts.saveRecipients(
      { kind: 'organisation' },
      [{ kind: 'email', address: 'boss@example.org', language: 'en' }],
      BY,
    );
    await store.close();
  });
  afterEach(async () => {
    await bench.clear();
    await smtp?.stop();
    smtp = undefined;
  });

  /** Presses until an alert is open. */
  async function openAlert(gateway: GatewayProgram): Promise<void> {
    const terminal = new TerminalProgram(bench, 'kallio-1', writeTerminalConfig(bench, 'kallio-1', gateway.mqttPort));
    await terminal.connected();
    terminal.push(0, 0, 1, 0);
  }
  const openAlerts = (gateway: GatewayProgram) => gateway.json<{ alerts: ListedAlert[] }>('/api/v1/alerts');

  it('before it could: tells once, after it is back', async () => {
    const first = await GatewayProgram.start(bench, config);
    await openAlert(first);
    await until(
      'an alert',
      () => openAlerts(first),
      ({ alerts }) => alerts.length === 1,
    );
    await first.stop('SIGKILL');
    smtp = await MailReceiver.start(smtpPort);
    const second = await GatewayProgram.start(bench, config);
    const [mail] = await smtp.count(1);
    expect(mail?.subject).toBe('Alert: Unhappy answers: Kallio');
    const delivered = await until(
      'recorded',
      () => second.json<{ notices: { state: string }[] }>('/api/v1/alerts/1'),
      ({ notices }) => notices.every(({ state }) => state === 'delivered'),
    );
    expect(delivered.notices).toHaveLength(1);
    await second.stop('SIGKILL');
    const third = await GatewayProgram.start(bench, config);
    expect((await openAlerts(third)).alerts).toMatchObject([{ id: 1, state: 'open', rule: { name: 'unhappy-now' } }]);
    // The end of the gateway waits for what is being sent.
    await third.stop();
    expect(smtp.mails).toHaveLength(1);
  });

  it('after the server took it and before that was recorded: tells again, recognisably the same', async () => {
    smtp = await MailReceiver.start(smtpPort);
    let kill: (() => Promise<void>) | undefined;
    smtp.manners.data = async () => {
      const killing = kill;
      kill = undefined;
      await killing?.();
      return undefined;
    };
    const first = await GatewayProgram.start(bench, config);
    kill = () => first.stop('SIGKILL');
    await openAlert(first);
    await smtp.count(1);
    const second = await GatewayProgram.start(bench, config);
    const mails = await smtp.count(2);
    await until(
      'recorded',
      () => second.json<{ notices: { state: string }[] }>('/api/v1/alerts/1'),
      ({ notices }) => notices.every(({ state }) => state === 'delivered'),
    );
    await second.stop();
    expect(mails.map(({ messageId }) => messageId)).toEqual([mails[0]?.messageId, mails[0]?.messageId]);
    expect(mails).toHaveLength(2);
  });
});
