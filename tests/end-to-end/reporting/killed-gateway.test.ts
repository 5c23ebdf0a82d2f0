import { cronTimes, dueWeeks, openSqliteStore, type SqliteStore } from '@hymio/gateway';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../../support/gateway-program.js';
import { MailReceiver } from '../../support/mail-receiver.js';
import { ON_DISK, TestBench } from '../../support/test-bench.js';
import { until } from '../../support/until.js';
import { BOSS, ZONE } from './report-rig.js';

const SCHEDULE = '0 7 * * 1';

/** A whole gateway that is killed at the worst moment, with a real mail server. */
describe('a gateway that is killed while it mails a report', () => {
  let bench: TestBench;
  let smtp: MailReceiver;
  let config: string;
  const store = (): Promise<SqliteStore> =>
    openSqliteStore({ folder: bench.path('gateway-data'), reads: 'in-thread', access: 'read' });

  beforeEach(async () => {
    bench = new TestBench('killed-reports', ON_DISK);
    smtp = await MailReceiver.start();
    config = writeGatewayConfig(bench, 'gateway', {
      more: {
        mail: { smtp: { host: '127.0.0.1', port: smtp.port }, from: 'hymio@example.org' },
        reports: { schedule: SCHEDULE },
      },
    });
    const made = await openSqliteStore({ folder: bench.path('gateway-data'), reads: 'in-thread' });
    // A recipient of the week that fell due last, and of no other.
    const last = dueWeeks(cronTimes(SCHEDULE, ZONE), { zone: ZONE, now: Date.now() }).at(-1);
    const subjects = [{ kind: 'organisation' as const }];
    await made.reports.saveRecipient({ ...BOSS, subjects }, { who: 'Aino', at: last?.dueAt ?? Date.now() });
    await made.close();
  });
  afterEach(async () => {
    await bench.clear();
    await smtp.stop();
  });

  const delivered = async () => {
    const seen = await store();
    const mails = await seen.reports.mails({ limit: 10 });
    await seen.close();
    return mails.map(({ state }) => state.kind);
  };

  it('after it was accepted and before that was recorded: the same again, which the mailbox has already', async () => {
    let kill: (() => Promise<unknown>) | undefined;
    const launched = GatewayProgram.launch(bench, config);
    kill = () => launched.kill('SIGKILL');
    smtp.manners.data = async () => {
      const killing = kill;
      kill = undefined;
      await killing?.();
      return undefined;
    };
    await smtp.count(1);
    expect(await delivered()).toEqual(['waiting']);
    const second = await GatewayProgram.start(bench, config);
    await until('recorded', delivered, ([state]) => state === 'delivered');
    await second.stop('SIGKILL');
    const third = await GatewayProgram.start(bench, config);
    // The end of the gateway waits for what is being sent.
    await third.stop();
    expect(await delivered()).toEqual(['delivered']);
    expect(smtp.mails).toHaveLength(2);
    expect(new Set(smtp.mails.map(({ messageId }) => messageId)).size).toBe(1);
  });
});
