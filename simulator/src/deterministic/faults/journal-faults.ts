import { drawChance, drawInteger } from '../../random/draw.js';
import { copyDisk, emptyDisk } from '../card.js';
import type { FaultContext } from '../fault-table.js';
import { Machine } from '../machine.js';
import { pickMachine } from './pick.js';

/** What happens to journals: each machine then boots from what is left. */
export const JOURNAL_FAULTS = {
  'journal-destroyed': ({ world, random, episodes }: FaultContext) => {
    const machine = pickMachine(world, random, (each) => each.running);
    if (machine === undefined) return undefined;
    machine.powerOff();
    machine.replaceDisk(emptyDisk());
    episodes.lasting(random, () => machine.powerOn());
    return machine.name;
  },
  'journal-copied': ({ world, random }: FaultContext) => {
    const machine = pickMachine(world, random);
    if (machine === undefined) return undefined;
    world.images.set(machine.id, copyDisk(machine.disk));
    return machine.name;
  },
  'journal-rolled-back': ({ world, random, episodes }: FaultContext) => {
    const machine = pickMachine(world, random, (each) => each.running && world.images.has(each.id));
    const image = machine && world.images.get(machine.id);
    if (machine === undefined || image === undefined) return undefined;
    machine.powerOff();
    machine.replaceDisk(copyDisk(image));
    episodes.lasting(random, () => machine.powerOn());
    return machine.name;
  },
  'journal-cloned': ({ world, random, episodes }: FaultContext) => {
    const original = pickMachine(world, random, (each) => each.name === each.id);
    if (original === undefined) return undefined;
    const clone = new Machine(world, original.id, world.cloneName(original.id), original.clock);
    clone.replaceDisk(copyDisk(world.images.get(original.id) ?? original.disk));
    world.machines.push(clone);
    clone.powerOn();
    episodes.lasting(random, () => {
      clone.retire();
      world.machines.splice(world.machines.indexOf(clone), 1);
    });
    return clone.name;
  },
  unreadable: ({ world, random }: FaultContext) => {
    const machine = pickMachine(world, random, (each) => each.disk.epochs.some(({ presses }) => presses.length > 0));
    const epochs = machine?.disk.epochs.filter(({ presses }) => presses.length > 0) ?? [];
    const epoch = drawChance(random, 0.6) ? epochs.at(-1) : epochs[drawInteger(random, 0, epochs.length - 1)];
    if (machine === undefined || epoch === undefined) return undefined;
    const index = drawInteger(random, Math.max(0, epoch.presses.length - 8), epoch.presses.length - 1);
    epoch.presses[index] = null;
    world.ledger.unreadable(epoch.epoch, epoch.oldestSeq + index);
    return `${machine.name} ${epoch.epoch.slice(0, 8)} ${epoch.oldestSeq + index}`;
  },
};
