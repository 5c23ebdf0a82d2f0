import { emptyDisk, MemoryJournal, SILENT_LOG, Terminal, type Transport, VirtualPanel } from '@hymio/device';
import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.js';

const NOWHERE: Transport = {
  start: () => undefined,
  publish: () => undefined,
  stop: async () => undefined,
};

describe('the time of the last press', () => {
  it('is known after a restart, from the journal', () => {
    const clock = new FakeClock();
    const disk = emptyDisk();
    const panel = new VirtualPanel();
    let openings = 0;
    const boot = (): Terminal =>
      new Terminal({
        clock,
        random: () => 0.5,
        panel,
        transport: NOWHERE,
        settings: { load: () => undefined, save: () => undefined },
        log: SILENT_LOG,
        hardware: () => ({}),
        openJournal: () => {
          openings += 1;
          const epoch = `00000000-0000-4000-8000-00000000000${openings}`;
          return new MemoryJournal(disk, { epoch, bootId: clock.bootId, bootMs: clock.monotonic() });
        },
        firmware: 'test',
        builtAt: 0,
      });
    const first = boot();
    first.start();
    expect(first.status()?.lastPressAt).toBeUndefined();
    const pressedAt = clock.now();
    panel.press(3);
    clock.advance(60_000);
    const second = boot();
    second.start();
    expect(second.status()?.lastPressAt).toBe(Math.round(pressedAt));
  });
});
