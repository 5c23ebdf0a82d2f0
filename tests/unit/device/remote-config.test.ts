import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FaultList, RemoteConfig, SettingsFile, type SettingsShelf, SILENT_LOG } from '@hymio/device';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryFolder } from '../../support/memory-folder.js';

let folder: string;
beforeEach(() => {
  folder = memoryFolder('hymio-settings-');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(shelf: SettingsShelf = new SettingsFile(folder)) {
  const faults = new FaultList(
    () => 0,
    () => undefined,
  );
  const told = { changes: 0 };
  const config = new RemoteConfig(shelf, faults, SILENT_LOG, () => {
    told.changes += 1;
  });
  config.start();
  const receive = (payload: string): void => config.receive(new TextEncoder().encode(payload));
  return { config, receive, told, codes: () => faults.list().map(({ code }) => code) };
}

describe('settings from the gateway', () => {
  it('are applied where new, and survive a restart', () => {
    const { config, receive, told } = start();
    receive('{"version":"1","heartbeatIntervalMs":30000,"of-tomorrow":true}');
    receive('{"version":"1","heartbeatIntervalMs":30000}');
    expect(told.changes).toBe(1);
    expect(config.applied).toEqual({ version: '1', heartbeatIntervalMs: 30_000 });
    expect(start().config.applied).toEqual({ version: '1', heartbeatIntervalMs: 30_000 });
  });

  it.each(['nonsense', '{}', '{"version":2}', '{"version":"2","heartbeatIntervalMs":1}', '[]'])(
    'are refused with a fault where invalid: %s, and the last good ones stay',
    (payload) => {
      const { config, receive, codes } = start();
      receive('{"version":"1"}');
      receive(payload);
      expect(codes()).toEqual(['config-invalid']);
      expect(config.applied).toEqual({ version: '1' });
      expect(start().config.applied).toEqual({ version: '1' });
      receive('{"version":"3"}');
      expect(codes()).toEqual([]);
    },
  );

  it('withdrawn (an empty message) change nothing', () => {
    const { config, receive, codes } = start();
    receive('{"version":"1"}');
    receive('');
    expect(config.applied).toEqual({ version: '1' });
    expect(codes()).toEqual([]);
  });

  it('are none where the file is damaged', () => {
    writeFileSync(join(folder, 'settings.json'), '{"version":');
    expect(start().config.applied).toBeUndefined();
  });

  it('are applied also where they cannot be saved, with a fault', () => {
    mkdirSync(join(folder, 'settings.json.new'));
    const { config, receive, codes } = start();
    receive('{"version":"1"}');
    expect(config.applied).toEqual({ version: '1' });
    expect(codes()).toEqual(['config-not-saved']);
  });
});
