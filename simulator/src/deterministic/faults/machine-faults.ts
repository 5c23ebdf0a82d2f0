import { RATINGS } from '@hymio/protocol';
import { drawBetween, drawChance, drawInteger } from '../../random/draw.js';
import type { FaultContext } from '../fault-table.js';
import { oneOf } from '../plan.js';
import { pickMachine } from './pick.js';

const DAY_MS = 24 * 3_600_000;

/** What happens to a terminal's power, firmware, disk space and clock. */
export const MACHINE_FAULTS = {
  'kill-firmware': ({ world, random }: FaultContext) => {
    const machine = pickMachine(world, random, (each) => each.running);
    machine?.killFirmware(drawChance(random, 0.3) ? 0 : drawInteger(random, 0, 40));
    return machine?.name;
  },
  'crash-loop': ({ world, random, episodes }: FaultContext) => {
    const machine = pickMachine(world, random, (each) => each.running);
    if (machine === undefined) return undefined;
    let over = false;
    let deaths = drawInteger(random, 5, 90);
    const die = (): void => {
      if (over || deaths === 0) return;
      deaths -= 1;
      machine.press(oneOf(random, RATINGS));
      machine.killFirmware(drawInteger(random, 0, 3));
      world.scheduler.after(drawInteger(random, 2_500, 15_000), die);
    };
    die();
    episodes.lasting(
      random,
      () => {
        over = true;
      },
      20 * 60_000,
    );
    return machine.name;
  },
  'stop-firmware': ({ world, random }: FaultContext) => {
    const machine = pickMachine(world, random, (each) => each.running);
    machine?.stopFirmware();
    return machine?.name;
  },
  'power-cut': ({ world, random, episodes }: FaultContext) => {
    const machine = pickMachine(world, random, (each) => each.running);
    machine?.powerOff();
    episodes.lasting(random, () => machine?.powerOn());
    return machine?.name;
  },
  'disk-full': ({ world, random, episodes }: FaultContext) => {
    const machine = pickMachine(world, random, (each) => each.disk.failure === undefined);
    if (machine === undefined) return undefined;
    const failure = drawChance(random, 0.7) ? 'journal-full' : 'journal-unwritable';
    machine.failDisk(failure);
    episodes.lasting(random, () => machine.failDisk(undefined));
    return `${machine.name}: ${failure}`;
  },
  'clock-step': ({ world, random }: FaultContext) => {
    const machine = pickMachine(world, random, (each) => each.clock !== 'right');
    const byMs = Math.round(drawBetween(random, -1, 1) * DAY_MS * drawInteger(random, 0, 12));
    machine?.stepClock(byMs);
    return machine === undefined ? undefined : `${machine.name} by ${byMs} ms`;
  },
};
