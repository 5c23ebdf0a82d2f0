import { randomBytes } from 'node:crypto';
import { type HeldMqttAccount, hashAccountPassword, MqttAccounts } from '@hymio/gateway';
import { beforeEach, describe, expect, it } from 'vitest';

const BY = { who: 'Aino', at: 1 };
const PASSWORD = 'a-password-of-the-test';
const REGISTRY = { groups: [], servicePoints: [], questions: [], terminals: [], assignments: [] };

describe('an account that is removed', () => {
  let held: HeldMqttAccount[];
  /** Runs before each reading of the list, which it may hold up or let fail. */
  let beforeList: () => Promise<void>;
  let accounts: MqttAccounts;

  beforeEach(async () => {
    beforeList = async () => undefined;
    const password = hashAccountPassword(PASSWORD, randomBytes);
    held = ['dashboard', 'clinics'].map((name) => ({ name, password, createdAt: 1, createdBy: 'Aino' }));
    accounts = new MqttAccounts({
      registry: async () => REGISTRY,
      store: {
        create: async () => {
          throw new Error('not of this test');
        },
        remove: async (name) => {
          const gone = held.find((one) => one.name === name);
          held = held.filter((one) => one !== gone);
          if (gone === undefined) throw new Error('no such account');
          return gone;
        },
        list: async () => {
          const read = held;
          await beforeList();
          return read;
        },
      },
    });
    await accounts.refresh();
  });
  const check = (name: string) => accounts.check(`events_${name}`, Buffer.from(PASSWORD));

  it('is gone, and that is told, though the store cannot be read then', async () => {
    let told = 0;
    accounts.onChanged(() => {
      told += 1;
      expect(accounts.holds('events_dashboard', 1)).toBe(false);
    });
    beforeList = async () => {
      throw new Error('not now');
    };
    await accounts.remove('dashboard', BY);
    expect(told).toBe(1);
    expect(await check('dashboard')).toBeUndefined();
    expect(accounts.filterOf('events_dashboard')).toBeUndefined();
    expect(await check('clinics')).toMatchObject({ name: 'clinics' });
  });

  it('does not come back with a list that was read before', async () => {
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let read = 0;
    beforeList = async () => {
      read += 1;
      if (read === 1) await held;
    };
    const refreshed = accounts.refresh();
    await accounts.remove('dashboard', BY);
    goOn();
    await refreshed;
    expect(accounts.holds('events_dashboard', 1)).toBe(false);
    expect(accounts.holds('events_clinics', 1)).toBe(true);
  });

  it('does not come in with a password that is being looked at', async () => {
    const checked = check('dashboard');
    await accounts.remove('dashboard', BY);
    expect(await checked).toBeUndefined();
  });
});
