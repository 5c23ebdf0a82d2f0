import { drawChance, drawInteger } from '../../random/draw.js';
import { KEEP_ALIVE_MS } from '../broker.js';
import type { FaultContext } from '../fault-table.js';
import { storeFull, storeStumble } from '../slow-store.js';

/** An operator restores the newest backup, or one before it; never one older than terminals keep presses. */
const OLDEST_BACKUP_MS = 5 * 24 * 3_600_000;

/** What happens to the gateway and its store. */
export const GATEWAY_FAULTS = {
  'gateway-lost-broker': ({ world, random }: FaultContext) => {
    const [connection] = world.broker.connectionsOf('hymio-gateway');
    if (connection === undefined) return undefined;
    const deliver = drawChance(random, 0.5);
    world.broker.break(connection, 'connection reset', { deliver, noticeMs: drawInteger(random, 0, KEEP_ALIVE_MS) });
    return deliver ? 'what was under way arrives' : 'what was under way is lost';
  },
  'gateway-kill': ({ world, random }: FaultContext) => {
    if (!world.gateway.up) return undefined;
    const points = drawChance(random, 0.3) ? 0 : drawInteger(random, 0, 12);
    if (points === 0) world.gateway.kill();
    else world.gateway.dieAfter(points);
    return points === 0 ? 'at once' : `at effect ${points}`;
  },
  'gateway-stop': ({ world, random }: FaultContext) => {
    if (!world.gateway.up) return undefined;
    const downMs = drawInteger(random, 0, 20_000);
    world.gateway.stop(() => world.scheduler.after(downMs, () => world.gateway.start()));
    return 'in good order';
  },
  'gateway-restore': ({ world, random }: FaultContext) => {
    const { gateway, scheduler } = world;
    const first = gateway.backups.times.findIndex((takenAt) => scheduler.now() - takenAt <= OLDEST_BACKUP_MS);
    if (first === -1 || !gateway.up) return undefined;
    const index = drawInteger(random, first, gateway.backups.times.length - 1);
    gateway.kill();
    const ageMs = scheduler.now() - (gateway.backups.times[index] ?? 0);
    gateway.restore(index);
    return `from ${Math.round(ageMs / 1_000)} s ago`;
  },
  'store-full': ({ world, random, episodes }: FaultContext) => {
    const { gateway } = world;
    gateway.failure = storeFull();
    episodes.lasting(random, () => {
      gateway.failure = undefined;
    });
    return 'every commit fails';
  },
  'store-stumbles': ({ world }: FaultContext) => {
    world.gateway.failOnce(storeStumble());
    return 'the next commit fails';
  },
};
