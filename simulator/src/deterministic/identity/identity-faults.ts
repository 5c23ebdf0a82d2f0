import type { Random } from '@hymio/protocol';
import { drawChance, drawExponential, drawInteger } from '../../random/draw.js';
import { oneOf } from '../plan.js';
import type { IdentityPeople } from './identity-people.js';
import { IDENTITY_FAULTS, type IdentityFault } from './identity-plan.js';
import type { IdentityWorld } from './identity-world.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export interface IdentityFaultContext {
  world: IdentityWorld;
  people: IdentityPeople;
  random: Random;
  /** Calls `end` once, after a while or when everything heals. */
  lasting: (end: () => void) => void;
}

/** Begins a fault and says to whom; undefined where there is nothing that it could happen to now. */
export const IDENTITY_FAULT_TABLE: Readonly<
  Record<IdentityFault, (context: IdentityFaultContext) => string | undefined>
> = {
  'kill-firmware': ({ world, random }) => {
    const machine = oneOf(random, world.machines);
    machine.dieAfter(drawChance(random, 0.5) ? 0 : drawInteger(random, 0, 24));
    return machine.name;
  },
  'power-cut': ({ world, random, lasting }) => {
    const machine = oneOf(random, world.machines);
    machine.powerOff();
    lasting(() => machine.powerOn());
    return machine.name;
  },
  unplugged: ({ world, random, lasting }) => {
    const machine = oneOf(random, world.machines);
    machine.plugged = false;
    lasting(() => {
      machine.plugged = true;
    });
    return machine.name;
  },
  'answers-lost': ({ world, random, lasting }) => {
    const machine = oneOf(random, world.machines);
    machine.answersArrive = false;
    lasting(() => {
      machine.answersArrive = true;
    });
    return machine.name;
  },
  'clock-wrong': ({ world, random }) => {
    const machine = oneOf(random, world.machines);
    const offsetMs = drawChance(random, 0.3) ? -world.scheduler.now() : drawInteger(random, -500, 4_000) * DAY_MS;
    machine.powerOff();
    const syncedAfterMs = Math.round(drawExponential(random, 2 * 60 * MINUTE_MS));
    world.scheduler.after(5_000, () => machine.powerOn({ kind: 'late', offsetMs, syncedAfterMs }));
    return `${machine.name} by ${Math.round(offsetMs / DAY_MS)} days`;
  },
  'gateway-kill': ({ world, random }) => {
    if (drawChance(random, 0.5)) world.gateway.kill();
    else world.gateway.dieAfter(drawInteger(random, 0, 20));
    return 'the gateway';
  },
  'gateway-restore': ({ world, random }) => {
    const agoMs = world.gateway.restore();
    if (agoMs === undefined) return undefined;
    world.scheduler.after(drawInteger(random, 1_000, 10 * MINUTE_MS), () => world.gateway.start());
    return `from ${Math.round(agoMs / MINUTE_MS)} minutes ago`;
  },
  'store-fails': ({ world, random }) => {
    const calls = drawInteger(random, 0, 4);
    world.gateway.failCall(calls);
    return `call ${calls}`;
  },
  'shut-out': ({ world, people, random }) => {
    const id = oneOf(random, world.plan.terminals);
    const stolen = world.stolen.size === 0 && drawChance(random, 0.3);
    people.shutOut(id, stolen);
    return `${id}${stolen ? ', stolen' : ''}`;
  },
  'enrolled-anew': ({ world, people, random }) => {
    const machine = world.machines.find(({ name }) => name === oneOf(random, world.plan.terminals));
    if (machine === undefined) return undefined;
    people.enrolAnew(machine, drawInteger(random, 0, 10 * MINUTE_MS));
    return machine.name;
  },
  'code-again': ({ people, lasting }) => habit(people, 'again', lasting),
  'code-withdrawn': ({ people, lasting }) => habit(people, 'withdrawn', lasting),
  'code-late': ({ people, lasting }) => habit(people, 'late', lasting),
  'code-copied': ({ people, lasting }) => habit(people, 'copied', lasting),
};

function habit(
  people: IdentityPeople,
  name: keyof IdentityPeople['habits'],
  lasting: IdentityFaultContext['lasting'],
): string {
  people.habits = { ...people.habits, [name]: true };
  lasting(() => {
    people.habits = { ...people.habits, [name]: false };
  });
  return IDENTITY_FAULTS[`code-${name}`];
}
