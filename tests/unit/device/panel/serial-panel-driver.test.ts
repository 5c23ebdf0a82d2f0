import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { HastyClock } from '../../../support/hasty-clock.js';
import { describeWith } from '../../../support/requirements.js';
import { until } from '../../../support/until.js';
import { Keeper, SerialRig, settled } from './serial-rig.js';

const rig = new SerialRig();
/** Longer than a press is under way on a busy machine. */
const WAITED_MS = 1_500;
afterEach(() => rig.clean());

describeWith(['socat'], 'a serial panel on a real tty', () => {
  it('says who it is, gives its presses with their time, and shows the light', async () => {
    const panel = await rig.panel();
    const { driver, watch } = rig.open(panel.path);
    const { description } = await watch.first('ready');
    expect(description).toContain('emulated/1.0');
    const before = rig.clock.monotonic();
    panel.push(3);
    const { press } = await watch.first('press');
    expect(press).toMatchObject({ button: 3, panelBoot: panel.boot, number: 1 });
    expect(press.bootMs).toBeGreaterThan(before - 50);
    expect(press.bootMs).toBeLessThan(rig.clock.monotonic() + 50);
    driver.light(true);
    driver.beep(true);
    await until('light and beep', async () => panel.light && panel.beeping, Boolean);
    driver.light(false);
    await until(
      'light off',
      async () => panel.light,
      (light) => !light,
    );
  });

  it('repeats a press until it is settled, and not after', async () => {
    const panel = await rig.panel();
    const { driver, watch } = rig.open(panel.path);
    await watch.first('ready');
    panel.push(0);
    await watch.until(() => watch.all('press').length >= 3, 'two repetitions');
    expect(new Set(watch.all('press').map(({ press }) => press.number))).toEqual(new Set([1]));
    driver.settle(panel.boot, 1);
    await settled(panel);
  });

  it('loses no press made while the cable is out, over several unplugs', async () => {
    const panel = await rig.panel();
    const keeper = new Keeper();
    const pushed: (string | undefined)[] = [];
    for (let round = 0; round < 3; round += 1) {
      const opened = rig.open(panel.path);
      keeper.keep(opened);
      await opened.watch.first('ready');
      pushed.push(panel.push(round));
      await settled(panel);
      await panel.unplug();
      expect(await opened.watch.until(() => opened.watch.all('failed').length > 0, 'unplugged')).toBeUndefined();
      expect(opened.watch.all('failed')[0]).toMatchObject({ code: 'panel-unplugged' });
      pushed.push(panel.push(3), panel.push(2));
      await panel.plug();
    }
    keeper.keep(rig.open(panel.path));
    await settled(panel);
    expect([...keeper.kept.keys()].sort()).toEqual(pushed.sort());
  });

  it('tells the age of a press that waited', async () => {
    const panel = await rig.panel();
    await panel.unplug();
    const madeAt = rig.clock.monotonic();
    panel.push(1);
    await new Promise((resolve) => setTimeout(resolve, WAITED_MS));
    const pluggedAt = rig.clock.monotonic();
    await panel.plug();
    const { watch } = rig.open(panel.path);
    const { press } = await watch.first('press');
    const underwayMs = rig.clock.monotonic() - pluggedAt;
    expect(press.bootMs).toBeGreaterThan(madeAt - 50);
    // Its age is what it was when the panel told it, some time on the way ago.
    expect(press.bootMs).toBeLessThan(madeAt + underwayMs + 50);
  });

  it('counts what its memory had no room for, and says so again after replugging', async () => {
    const panel = await rig.panel({ capacity: 4 });
    for (let i = 0; i < 7; i += 1) panel.push(i % 4);
    const first = rig.open(panel.path);
    expect(await first.watch.first('dropped')).toEqual({ type: 'dropped', panelBoot: panel.boot, total: 3 });
    panel.push(0);
    await first.watch.until(() => first.watch.all('dropped').at(-1)?.total === 4, 'the next one');
    await first.driver.close();
    const second = rig.open(panel.path);
    expect(await second.watch.first('dropped')).toMatchObject({ total: 4 });
  });

  it('carries presses over a reset with what is left known of their age', async () => {
    const panel = await rig.panel();
    const opened = rig.open(panel.path);
    await opened.watch.first('ready');
    const identity = panel.push(2);
    await opened.watch.first('press');
    panel.reset();
    await opened.watch.until(() => opened.watch.all('press').at(-1)?.press.ageIsMinimum === true, 'the carried press');
    const { press } = opened.watch.all('press').at(-1) ?? {};
    expect(`${press?.panelBoot}/${press?.number}`).toBe(identity);
    expect(opened.watch.all('ready')).toHaveLength(1);
    expect(opened.watch.all('restarted')).toMatchObject([{ description: expect.stringContaining(panel.boot) }]);
    opened.driver.settle(press?.panelBoot ?? '', press?.number ?? 0);
    await settled(panel);
  });

  it('shows the right light again after a reset', async () => {
    const panel = await rig.panel();
    const { driver, watch } = rig.open(panel.path);
    await watch.first('ready');
    driver.light(true);
    await until('light', async () => panel.light, Boolean);
    panel.reset();
    expect(panel.light).toBe(false);
    await until('light again', async () => panel.light, Boolean);
  });

  it('says which buttons are down', async () => {
    const panel = await rig.panel();
    const { watch } = rig.open(panel.path, { clock: new HastyClock(5) });
    await watch.first('contacts');
    const down: number[][] = [];
    for (const [button, closed] of [
      [0, true],
      [3, true],
      [0, false],
    ] as const) {
      const told = watch.all('contacts').length;
      panel.contact(button, closed);
      await watch.until(() => watch.all('contacts').length > told, 'which are down');
      down.push([...(watch.all('contacts').at(-1)?.down ?? [])]);
    }
    expect(down).toEqual([[0], [0, 3], [3]]);
  });

  it('gives raw edges only to a test of the panel', async () => {
    const panel = await rig.panel();
    const { watch } = rig.open(panel.path, { rawEdges: true });
    await watch.first('ready');
    await until(
      'edges on',
      async () => {
        panel.push(1);
        return watch.all('edge').length;
      },
      (count) => count >= 2,
    );
    expect(
      watch
        .all('edge')
        .slice(0, 2)
        .map(({ edge }) => [edge.button, edge.down]),
    ).toEqual([
      [1, true],
      [1, false],
    ]);
    await watch.until(() => watch.all('press').length > 0, 'the press as well');
  });
});

describeWith(['socat'], 'a serial panel in trouble', () => {
  it('not there', async () => {
    const { watch } = rig.open('/dev/hymio-no-such-port');
    await watch.until(() => watch.seen.length > 0, 'a fault');
    expect(watch.seen).toEqual([
      { type: 'failed', code: 'panel-not-found', detail: expect.stringContaining('hymio-no-such-port') },
    ]);
  });

  it('behind a file that is no serial port', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hymio-tty-'));
    rig.later(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'file'), '');
    const { watch } = rig.open(join(folder, 'file'));
    await watch.until(() => watch.seen.length > 0, 'a fault');
    expect(watch.seen).toMatchObject([{ type: 'failed', code: 'panel-wrong-port' }]);
  });

  it('used by another program', async () => {
    const panel = await rig.panel();
    await rig.open(panel.path).watch.first('ready');
    const { watch } = rig.open(panel.path);
    await watch.until(() => watch.seen.length > 0, 'a fault');
    expect(watch.seen).toMatchObject([{ type: 'failed', code: 'panel-line-busy' }]);
  });

  it('behind which something else talks', async () => {
    const panel = await rig.panel({ silent: true });
    const { watch } = rig.open(panel.path, { clock: new HastyClock(10) });
    const chatter = setInterval(() => panel.sendRaw(Buffer.from('$GPGGA,123519,4807.038,N*47\r\n')), 20);
    await watch.until(() => watch.seen.length > 0, 'a fault');
    clearInterval(chatter);
    expect(watch.seen).toMatchObject([{ type: 'failed', code: 'panel-wrong-port' }]);
  });

  it('that says nothing, from the start or later', async () => {
    const panel = await rig.panel();
    const opened = rig.open(panel.path, { clock: new HastyClock(5) });
    await opened.watch.first('ready');
    panel.silent = true;
    await opened.watch.until(() => opened.watch.all('failed').length > 0, 'silence');
    const again = rig.open(panel.path, { clock: new HastyClock(10) });
    await again.watch.until(() => again.watch.seen.length > 0, 'silence from the start');
    expect(
      [...opened.watch.all('failed'), ...again.watch.seen].map((seen) => seen.type === 'failed' && seen.code),
    ).toEqual(['panel-silent', 'panel-silent']);
  });

  it.each([
    { options: { protocol: 2 }, says: 'version 2' },
    { options: { buttons: 5 }, says: '5 buttons' },
  ])('with firmware of another kind: $says', async ({ options, says }) => {
    const panel = await rig.panel(options);
    const { watch } = rig.open(panel.path);
    await watch.until(() => watch.seen.length > 0, 'a fault');
    expect(watch.seen).toEqual([
      { type: 'failed', code: 'panel-wrong-firmware', detail: expect.stringContaining(says) },
    ]);
  });

  it('reports nothing any more once it is closed, and frees the port', async () => {
    const panel = await rig.panel();
    const first = rig.open(panel.path);
    await first.driver.close();
    const second = rig.open(panel.path);
    await second.watch.first('ready');
    await second.driver.close();
    panel.push(0);
    await panel.unplug();
    await panel.plug();
    const third = rig.open(panel.path);
    await third.watch.first('press');
    expect(first.watch.seen).toEqual([]);
    expect(second.watch.all('press')).toEqual([]);
    expect(second.watch.all('failed')).toEqual([]);
  });
});
