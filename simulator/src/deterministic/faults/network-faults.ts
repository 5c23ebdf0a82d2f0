import { drawBetween, drawChance, drawInteger } from '../../random/draw.js';
import { KEEP_ALIVE_MS } from '../broker.js';
import type { FaultContext } from '../fault-table.js';
import type { Machine } from '../machine.js';
import { pickMachine } from './pick.js';

const DAY_MS = 24 * 3_600_000;

/** What happens between a terminal and the broker, and to the broker. */
export const NETWORK_FAULTS = {
  unplugged: (context: FaultContext) => unplug(context, undefined),
  'long-unplugged': (context: FaultContext) =>
    context.world.plan.span === 'weeks' ? unplug(context, drawBetween(context.random, 7.2, 8.5) * DAY_MS) : undefined,
  'connection-lost': ({ world, random }: FaultContext) => {
    const machine = pickMachine(world, random, (each) => each.connection() !== undefined);
    if (machine === undefined) return undefined;
    const deliver = drawChance(random, 0.5);
    breakConnection({ world, random }, machine, deliver);
    return `${machine.name}, what was under way ${deliver ? 'arrives' : 'is lost'}`;
  },
  'one-way-cut': ({ world, random, episodes }: FaultContext) => {
    const gateway = world.plan.broker === 'external' && drawChance(random, 0.2);
    const machine = pickMachine(world, random);
    if (machine === undefined) return undefined;
    const route = gateway ? world.gateway.route : machine.route;
    const direction = drawChance(random, 0.5) ? 'upBlocked' : 'downBlocked';
    route[direction] = true;
    const client = gateway ? 'hymio-gateway' : `hymio-${machine.id}`;
    const noAnswer = (): void => {
      if (!route[direction]) return;
      for (const connection of world.broker.connectionsOf(client)) {
        if (connection.options.route !== route) continue;
        world.broker.break(connection, 'keep-alive', { noticeMs: drawInteger(random, 0, 20_000) });
      }
    };
    world.scheduler.after(KEEP_ALIVE_MS, noAnswer);
    episodes.lasting(random, () => {
      route[direction] = false;
      for (const connection of world.broker.connectionsOf(client)) {
        connection.up.pump();
        connection.down.pump();
      }
    });
    return `${gateway ? 'gateway' : machine.name} ${direction}`;
  },
  'broker-restart': ({ world, random, episodes }: FaultContext) => {
    // An embedded broker restarts with its gateway.
    if (world.plan.broker === 'embedded') return undefined;
    const keepRetained = drawChance(random, 0.5);
    world.broker.stop(keepRetained);
    episodes.lasting(random, () => world.broker.start());
    return keepRetained ? 'keeps retained messages' : 'forgets retained messages';
  },
  'broker-mute': ({ world, random, episodes }: FaultContext) => {
    if (world.plan.broker === 'embedded') return undefined;
    world.broker.mute();
    const restart = drawChance(random, 0.5);
    episodes.lasting(random, () => {
      if (restart) world.broker.stop(true);
      world.broker.start();
    });
    world.scheduler.after(KEEP_ALIVE_MS, () => {
      if (!world.broker.muted) return;
      for (const connection of world.broker.connectionsOf()) world.broker.break(connection, 'keep-alive');
    });
    return restart ? 'then restarts' : 'then answers all at once';
  },
};

function unplug({ world, random, episodes }: FaultContext, lengthMs: number | undefined): string | undefined {
  const machine = pickMachine(world, random, (each) => !each.route.unplugged);
  if (machine === undefined) return undefined;
  breakConnection({ world, random }, machine, drawChance(random, 0.5));
  machine.route.unplugged = true;
  episodes.lasting(
    random,
    () => {
      machine.route.unplugged = false;
    },
    lengthMs,
  );
  return machine.name;
}

function breakConnection(
  { world, random }: Pick<FaultContext, 'world' | 'random'>,
  machine: Machine,
  deliver: boolean,
): void {
  const connection = machine.connection();
  if (connection === undefined) return;
  world.broker.break(connection, 'connection reset', { deliver, noticeMs: drawInteger(random, 0, KEEP_ALIVE_MS) });
}
