import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FaultList, RemoteConfig, SettingsFile, type SettingsShelf, SILENT_LOG } from '@hymio/device';
import type { ConfigMessage } from '@hymio/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryFolder } from '../../support/memory-folder.js';

let folder: string;
beforeEach(() => {
  folder = memoryFolder('hymio-settings-');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(shelf: SettingsShelf = new SettingsFile(folder), cannot?: (settings: ConfigMessage) => string) {
  const faults = new FaultList(
    () => 0,
    () => undefined,
  );
  const told = { changes: 0, used: [] as ConfigMessage[] };
  const config = new RemoteConfig(shelf, faults, SILENT_LOG, {
    cannot: (settings) => cannot?.(settings) || undefined,
    apply: (settings) => void told.used.push(settings),
    changed: () => {
      told.changes += 1;
    },
  });
  config.start();
  const receive = (payload: string): void => config.receive(new TextEncoder().encode(payload));
  return { config, receive, told, faults, codes: () => faults.list().map(({ code }) => code) };
}

describe('settings from the gateway', () => {
  it('are applied where new, and survive a restart', () => {
    const { config, receive, told } = start();
    receive('{"version":"1","heartbeatIntervalMs":30000,"of-tomorrow":true}');
    receive('{"version":"1","heartbeatIntervalMs":30000}');
    const applied = { version: '1', heartbeatIntervalMs: 30_000 };
    expect(told).toEqual({ changes: 1, used: [applied] });
    expect(config.applied).toEqual(applied);
    const next = start();
    expect(next.config.applied).toEqual(applied);
    expect(next.told.used).toEqual([applied]);
  });

  it.each([
    ['nonsense', undefined],
    ['{}', undefined],
    ['{"version":2}', undefined],
    ['[]', undefined],
    ['{"version":"2","heartbeatIntervalMs":1}', '2'],
    ['{"version":"2","lockoutMs":11}', '2'],
    ['{"version":"2","lockoutMs":201,"heartbeatIntervalMs":30000}', '2'],
    ['{"version":"2","thanks":"none"}', '2'],
  ])('are refused as a whole where invalid: %s, and the last good ones stay', (payload, version) => {
    const { config, receive, codes, told } = start();
    receive('{"version":"1"}');
    receive(payload);
    expect(codes()).toEqual(['config-invalid']);
    expect(config.refused).toEqual({ ...(version && { version }), reason: expect.stringMatching(/./) });
    expect(config.applied).toEqual({ version: '1' });
    expect(told.used).toHaveLength(1);
    expect(start().config.applied).toEqual({ version: '1' });
    receive('{"version":"3"}');
    expect(codes()).toEqual([]);
    expect(config.refused).toBeUndefined();
  });

  it('are refused where the panel cannot do them, with the reason, until what is in force is desired again', () => {
    const { config, receive, codes, told, faults } = start(undefined, ({ thanks }) =>
      thanks === 'beep' ? 'it has no beeper' : '',
    );
    receive('{"version":"1"}');
    receive('{"version":"2","thanks":"beep","lockoutMs":50}');
    expect(config.applied).toEqual({ version: '1' });
    expect(config.refused).toEqual({ version: '2', reason: 'it has no beeper' });
    expect(faults.list()[0]?.detail).toBe('version 2: it has no beeper');
    receive('{"version":"1"}');
    expect(codes()).toEqual([]);
    expect(config.refused).toBeUndefined();
    expect(told.changes).toBe(3);
  });

  it('withdrawn (an empty message) change nothing', () => {
    const { config, receive, codes } = start();
    receive('{"version":"1"}');
    receive('');
    expect(config.applied).toEqual({ version: '1' });
    expect(codes()).toEqual([]);
  });

  it.each(['{"version":', '{"version":"1","lockoutMs":5}', ''])(
    'are none where the file is damaged: %j, with a fault until new ones come',
    (content) => {
      writeFileSync(join(folder, 'settings.json'), content);
      const { config, codes, receive } = start();
      expect(config.applied).toBeUndefined();
      expect(codes()).toEqual(['settings-damaged']);
      receive('{"version":"2"}');
      expect(codes()).toEqual([]);
      expect(start().codes()).toEqual([]);
    },
  );

  it('are not taken back by a panel that cannot do them any more, which says so', () => {
    start().receive('{"version":"1","thanks":"beep"}');
    const changed = start(undefined, () => 'it has no beeper');
    expect(changed.config.applied).toBeUndefined();
    expect(changed.config.refused).toEqual({ version: '1', reason: 'it has no beeper' });
  });

  it('are the old ones after a crash before the new ones have their name, the new ones after it', () => {
    const file = new SettingsFile(folder);
    const dying: SettingsShelf = {
      load: () => file.load(),
      save: () => {
        writeFileSync(join(folder, 'settings.json.new'), '{"version":"2","lock');
        throw new RangeError('killed');
      },
    };
    file.save({ version: '1' });
    start(dying).receive('{"version":"2","lockoutMs":50}');
    expect(start().config.applied).toEqual({ version: '1' });
    // Between the write and the use of it: the start uses what was written.
    file.save({ version: '2', lockoutMs: 50 });
    expect(start().told.used).toEqual([{ version: '2', lockoutMs: 50 }]);
  });

  it('are applied also where they cannot be saved, with a fault', () => {
    mkdirSync(join(folder, 'settings.json.new'));
    const { config, receive, codes } = start();
    receive('{"version":"1"}');
    expect(config.applied).toEqual({ version: '1' });
    expect(codes()).toEqual(['config-not-saved']);
  });
});
