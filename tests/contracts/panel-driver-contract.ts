import type { PanelDriver, PanelFaultCode } from '@hymio/device';
import { RATINGS, type Rating } from '@hymio/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { DriverWatch } from '../unit/device/panel/driver-watch.js';

/** Hardware of one kind, real, emulated or standing in, with drivers for it. */
export interface PanelHardware {
  makeDriver(): PanelDriver;
  /** How a push of a button is reported: by its contact, or as a press of the panel's own. */
  reports: 'edges' | 'presses';
  /** The contact of a button closes or opens, without bounce. */
  contact(button: Rating, closed: boolean): void | Promise<void>;
  /** Resolves once light or beeper of the hardware is so; it may have been so before. */
  shows(what: 'light' | 'beeper', on: boolean): Promise<void>;
  /** Left out where nothing can be pulled out. */
  cable?: { unplug(): Promise<void>; plug(): Promise<void>; fault: PanelFaultCode };
  /** Boot time by the clock that the driver was given, ms. */
  now(): number;
  remove(): void | Promise<void>;
}

/** Longer than a clean contact needs to be believed by any panel, ms. */
const HOLD_MS = 60;

interface Opened {
  driver: PanelDriver;
  watch: DriverWatch;
}

/** What every driver of a panel must do. */
export function panelDriverContract(name: string, plugIn: () => Promise<PanelHardware>): void {
  describe(`${name}, as every panel driver`, () => {
    const opened: Opened[] = [];
    let hardware: PanelHardware | undefined;

    const setUp = async (): Promise<PanelHardware> => {
      hardware = await plugIn();
      return hardware;
    };
    const open = ({ makeDriver }: PanelHardware): Opened => {
      const driver = makeDriver();
      const watch = DriverWatch.open(driver);
      opened.push({ driver, watch });
      return { driver, watch };
    };
    const openReady = async (panel: PanelHardware): Promise<Opened> => {
      const { driver, watch } = open(panel);
      await watch.first('ready');
      watch.onPress = ({ panelBoot, number }) => driver.settle(panelBoot, number);
      return { driver, watch };
    };
    const push = async (panel: PanelHardware, button: Rating): Promise<void> => {
      await panel.contact(button, true);
      await pause(HOLD_MS);
      await panel.contact(button, false);
      await pause(HOLD_MS);
    };
    /** Pushes reported so far, in order. A press that is not settled in time is said again: it is one all the same. */
    const pushes = ({ reports }: PanelHardware, watch: DriverWatch): { button: Rating; bootMs: number }[] => {
      if (reports === 'edges') return watch.all('edge').flatMap(({ edge }) => (edge.down ? [edge] : []));
      const first = new Map<string, { button: Rating; bootMs: number }>();
      for (const { press } of watch.all('press')) {
        const identity = `${press.panelBoot} ${press.number}`;
        if (!first.has(identity)) first.set(identity, press);
      }
      return [...first.values()];
    };
    const pushed = (panel: PanelHardware, watch: DriverWatch): Rating[] =>
      pushes(panel, watch).map(({ button }) => button);

    afterEach(async () => {
      for (const { driver } of opened.splice(0)) await driver.close();
      await hardware?.remove();
      hardware = undefined;
    });

    it('is ready once, and says with what', async () => {
      const panel = await setUp();
      const { watch } = await openReady(panel);
      await push(panel, 1);
      await watch.until(() => pushed(panel, watch).length === 1, 'the push');
      expect(watch.all('ready')).toHaveLength(1);
      expect(watch.all('ready')[0]?.description.length).toBeGreaterThan(5);
      expect(watch.all('failed')).toEqual([]);
    });

    it('reports pushes of all buttons, each as the right one, in order, with the time', async () => {
      const panel = await setUp();
      const { watch } = await openReady(panel);
      const order: Rating[] = [...RATINGS, 2, 0, 3, 1, 1];
      const times: [number, number][] = [];
      for (const [index, button] of order.entries()) {
        const before = panel.now();
        await push(panel, button);
        await watch.until(() => pushed(panel, watch).length > index, `push ${index}`);
        times.push([before, panel.now()]);
      }
      expect(pushed(panel, watch)).toEqual(order);
      for (const [index, { bootMs }] of pushes(panel, watch).entries()) {
        const [before = 0, after = 0] = times[index] ?? [];
        // The panel's own clock has a resolution, and so has the age that it states.
        expect(bootMs).toBeGreaterThanOrEqual(before - 15);
        expect(bootMs).toBeLessThanOrEqual(after + 15);
      }
      if (panel.reports === 'presses') return;
      for (const button of RATINGS) {
        const downs = watch.all('edge').flatMap(({ edge }) => (edge.button === button ? [edge.down] : []));
        expect(downs).toEqual(downs.map((_, index) => index % 2 === 0));
      }
    });

    it('takes a button that is down when it comes up for no push', async () => {
      const panel = await setUp();
      await panel.contact(2, true);
      await pause(HOLD_MS);
      const { watch } = open(panel);
      await watch.first('ready');
      const readyAt = watch.seen.findIndex(({ type }) => type === 'ready');
      await push(panel, 0);
      await watch.until(() => pushed(panel, watch).includes(0), 'the push of another button');
      if (panel.reports === 'edges') {
        const later = watch.seen.slice(readyAt).flatMap((seen) => (seen.type === 'edge' ? [seen.edge] : []));
        expect(later.filter(({ button, down }) => button === 2 && down)).toEqual([]);
      }
      await panel.contact(2, false);
      await pause(HOLD_MS);
      await push(panel, 2);
      await watch.until(() => pushed(panel, watch).at(-1) === 2, 'the push after it was let go');
    });

    it('switches light and beeper, also while a button is held', async () => {
      const panel = await setUp();
      const { driver, watch } = await openReady(panel);
      await panel.contact(3, true);
      await watch.until(() => pushed(panel, watch).length === 1, 'the push');
      driver.light(true);
      await panel.shows('light', true);
      driver.beep(true);
      await panel.shows('beeper', true);
      driver.beep(false);
      await panel.shows('beeper', false);
      driver.light(false);
      await panel.shows('light', false);
      await panel.contact(3, false);
      await pause(HOLD_MS);
      await push(panel, 1);
      await push(panel, 3);
      await watch.until(() => pushed(panel, watch).length >= 3, 'pushes after it');
      expect(pushed(panel, watch)).toEqual([3, 1, 3]);
    });

    it('ignores what is asked of it before it is ready and after its end', async () => {
      const panel = await setUp();
      const { driver, watch } = open(panel);
      driver.light(true);
      driver.beep(true);
      driver.settle('p', 1);
      await watch.first('ready');
      await driver.close();
      driver.light(true);
      driver.settle('p', 1);
      await driver.close();
      expect(watch.all('failed')).toEqual([]);
    });

    it('goes dark and lets go of the panel when it is closed, and says nothing more', async () => {
      const panel = await setUp();
      const { driver, watch } = await openReady(panel);
      driver.light(true);
      await panel.shows('light', true);
      await driver.close();
      await panel.shows('light', false);
      const seen = watch.seen.length;
      const next = await openReady(panel);
      await push(panel, 1);
      await next.watch.until(() => pushed(panel, next.watch).length === 1, 'the push');
      expect(watch.seen).toHaveLength(seen);
    });

    it('can be closed before it is ready', async () => {
      const panel = await setUp();
      const { driver, watch } = open(panel);
      await driver.close();
      const next = await openReady(panel);
      expect(next.watch.all('ready')).toHaveLength(1);
      expect(watch.seen).toEqual([]);
    });

    it('names what happened when its cable is pulled out, once, and a new one works when it is back', async () => {
      const panel = await setUp();
      const { cable } = panel;
      if (cable === undefined) return;
      const { driver, watch } = await openReady(panel);
      await cable.unplug();
      await watch.until(() => watch.all('failed').length > 0, 'the fault');
      expect(watch.all('failed')).toMatchObject([{ code: cable.fault }]);
      driver.light(true);
      await cable.plug();
      const next = await openReady(panel);
      await push(panel, 3);
      await next.watch.until(() => pushed(panel, next.watch).length === 1, 'the push');
      expect(watch.all('failed')).toHaveLength(1);
      expect(watch.all('ready')).toHaveLength(1);
    });
  });
}

/** A contact that is held for a while has no event to wait for. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
