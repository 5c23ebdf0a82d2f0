import { DEFAULT_ALERT_RULES } from '@hymio/gateway';
import type { Random } from '@hymio/protocol';
import { drawChance, drawExponential, drawInteger } from '../../random/draw.js';
import { oneOf } from '../plan.js';
import type { ReceiverMood } from './mail-room.js';
import type { OfficeGateway } from './office-gateway.js';
import type { OfficeFault } from './office-plan.js';
import { type OfficeWorld, PLACES, TERMINALS } from './office-world.js';
import { RuleOperator } from './rule-operator.js';

export interface OfficeContext {
  world: OfficeWorld;
  gateway: OfficeGateway;
  random: Random;
  /** Calls `end` once: after a while, or when everything heals. */
  lasting: (end: () => void) => void;
}

const BY = 'Aino';

function mood(to: ReceiverMood) {
  return ({ world: { mail }, lasting }: OfficeContext): string | undefined => {
    if (mail.mood !== 'up') return undefined;
    mail.mood = to;
    lasting(() => {
      mail.mood = 'up';
    });
    return to;
  };
}

/** Begins a fault and says what it is; undefined where there is nothing that it could happen to now. */
export const OFFICE_FAULT_TABLE: Readonly<Record<OfficeFault, (context: OfficeContext) => string | undefined>> = {
  'gateway-kill': ({ gateway, random }) => {
    if (!gateway.up) return undefined;
    const points = drawChance(random, 0.2) ? 0 : drawInteger(random, 0, 25);
    gateway.dieAfter(points);
    return `at effect ${points}`;
  },
  'gateway-stop': ({ world, gateway, random, lasting }) => {
    if (!gateway.up) return undefined;
    const downMs = drawChance(random, 0.5) ? 0 : drawExponential(random, world.plan.faultLengthMs);
    gateway.stop();
    if (downMs === 0) gateway.start();
    else lasting(() => gateway.start());
    return 'in good order';
  },
  'store-fails': ({ world, random, lasting }) => {
    if (world.storeFails) return undefined;
    if (drawChance(random, 0.5)) {
      const number = drawInteger(random, 0, 25);
      world.failCall(number);
      return `once, after ${number} calls`;
    }
    world.storeFails = true;
    lasting(() => {
      world.storeFails = false;
    });
    return 'every call';
  },
  'receiver-down': mood('down'),
  'receiver-busy': mood('busy'),
  'receiver-refuses': mood('refuses'),
  'receiver-hangs': mood('hangs'),
  'clock-set': ({ world, random, lasting }) => {
    if (world.clockOffMs !== 0) return undefined;
    world.clockOffMs = drawInteger(random, -20, 20) * 60_000;
    world.disturbedAt = world.scheduler.now();
    lasting(() => {
      world.clockOffMs = 0;
      world.disturbedAt = world.scheduler.now();
    });
    return `by ${world.clockOffMs / 60_000} minutes`;
  },
  unhappy: ({ world, gateway, random }) => {
    const place = oneOf(random, PLACES);
    const count = drawInteger(random, 3, 12);
    for (let number = 0; number < count; number += 1) {
      world.scheduler.after(number * 7_000, () => gateway.heard(world.press(place, drawChance(random, 0.8) ? 0 : 3)));
    }
    return `${count} at ${place}`;
  },
  'terminal-offline': ({ world, random, lasting }) => {
    const terminal = oneOf(random, TERMINALS);
    if (world.offlineSince.has(terminal)) return undefined;
    world.offlineSince.set(terminal, world.wall());
    lasting(() => {
      world.offlineSince.delete(terminal);
    });
    return terminal;
  },
  'by-hand': ({ world, gateway, random }) => {
    const active = world.alertAccount.unsettled().filter(({ state }) => state.kind !== 'closed');
    const { engine } = gateway;
    if (active.length === 0 || engine === undefined) return undefined;
    const { id } = oneOf(random, active);
    const closes = drawChance(random, 0.4);
    const done = closes ? engine.close(id, BY, 'seen') : engine.acknowledge(id, BY);
    // What cannot be done any more, or now, the page would say.
    done.catch((error: unknown) => world.trace.note(`by hand: ${String(error)}`));
    world.scheduler.promisesWait();
    return `${closes ? 'closes' : 'acknowledges'} alert ${id}`;
  },
  'rule-changed': ({ world, gateway, random, lasting }) => {
    const rule = DEFAULT_ALERT_RULES.find(({ name }) => name === oneOf(random, ['unhappy-now', 'terminal-offline']));
    if (rule === undefined) return undefined;
    const operator = new RuleOperator(world, gateway, rule);
    operator.want(false);
    lasting(() => operator.want(true));
    return `${rule.name} off, and on again`;
  },
  'recipient-changed': ({ world, random }) => {
    world.recipientsChangedAt = world.scheduler.now();
    const by = { who: BY, at: world.wall() };
    void (async () => {
      const recipients = await world.store.reports.recipients();
      const { id, since: _, ...text } = oneOf(random, recipients);
      await world.store.reports.saveRecipient({ ...text, active: !text.active }, by, id);
    })();
    world.scheduler.promisesWait();
    return 'one recipient of reports switched on or off';
  },
};
