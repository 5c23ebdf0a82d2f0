import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../../../support/requirements.js';
import { Keeper, SerialRig, settled } from './serial-rig.js';

describeWith(['socat'], 'a serial panel on a bad cable', () => {
  const rig = new SerialRig();
  afterEach(() => rig.clean());

  let seed = 0;
  const random = () => {
    // Mulberry32: the same faults in every run.
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  beforeEach(() => {
    seed = 7;
  });

  const faults: Record<string, (line: Buffer) => Buffer> = {
    'drops bytes': (line) => Buffer.from(line.filter(() => random() > 0.01)),
    'doubles bytes': (line) => Buffer.concat([...line].map((byte) => Buffer.alloc(random() > 0.99 ? 2 : 1, byte))),
    'cuts lines in half': (line) => (random() < 0.3 ? line.subarray(0, Math.floor(line.length * random())) : line),
    'adds noise': (line) =>
      random() < 0.3 ? Buffer.concat([Buffer.from(Array.from({ length: 9 }, () => random() * 256)), line]) : line,
    'repeats lines': (line) => (random() < 0.3 ? Buffer.concat([line, line]) : line),
  };

  it.each(Object.keys(faults))('that %s: every press once, none invented', async (name) => {
    const panel = await rig.panel({ capacity: 200 });
    panel.outward = faults[name] as (line: Buffer) => Buffer;
    panel.inward = faults[name] as (line: Buffer) => Buffer;
    const keeper = new Keeper();
    const pushed = new Map<string, number>();
    for (let part = 0; part < 2; part += 1) {
      const opened = rig.open(panel.path);
      keeper.keep(opened);
      await opened.watch.first('ready');
      for (let i = 0; i < 25; i += 1) {
        const button = Math.floor(random() * 4);
        const identity = panel.push(button);
        if (identity !== undefined) pushed.set(identity, button);
      }
      if (part === 1) break;
      await panel.unplug();
      await opened.watch.until(() => opened.watch.all('failed').length > 0, 'unplugged');
      await panel.plug();
    }
    await settled(panel);
    expect(keeper.kept).toEqual(pushed);
  });
});
