import { setTimeout as sleep } from 'node:timers/promises';
import { AckListener } from '../support/ack-listener.js';
import type { ExportedPress } from '../support/gateway-program.js';
import { cutPower } from './cut-power.js';
import { judgeHouse, makeHouse } from './house.js';
import type { Played } from './play-part.js';
import type { PowerPlace } from './power-place.js';

const TERMINALS = ['powered-1', 'powered-2'];
/** A cut comes within this after the first ack of a round, ms. */
const DELIVERING_MS = 500;
/** Longest time between two presses, ms: several while a batch is under way. */
const HASTE_MS = 40;

/**
 * A gateway loses its power again and again while terminals deliver. After each cut, before any terminal can send again,
 * the store must hold what was acknowledged: a terminal that forgot it then could not help.
 */
export async function playGatewayRounds(place: PowerPlace, rounds: number): Promise<Played> {
  const { random } = place;
  const house = await makeHouse(place, TERMINALS);
  const { gateway, terminals } = house;
  const acks = new AckListener();
  let served = await gateway.start();
  for (const terminal of terminals) await terminal.start(gateway.mqttPort);
  let forgotten = 0;
  for (let round = 0; round < rounds; round += 1) {
    await acks.listen(gateway.mqttPort);
    const pressing = new AbortController();
    const pressed = terminals.map((terminal) => terminal.pressUntil(pressing.signal, HASTE_MS));
    await Promise.race(TERMINALS.map((name) => acks.next(name)));
    await sleep(random() * DELIVERING_MS);
    await cutPower([gateway]);
    pressing.abort();
    await Promise.all(pressed);
    await acks.leave();
    for (const { pid } of terminals) process.kill(pid, 'SIGSTOP');
    await gateway.disk.restore();
    served = await gateway.start();
    forgotten += forgottenOf(await served.presses(), acks.acked);
    for (const { pid } of terminals) process.kill(pid, 'SIGCONT');
  }
  return { ...(await judgeHouse(house, served)), forgotten };
}

/** Presses that were acknowledged and are not in the store. */
function forgottenOf(presses: readonly ExportedPress[], acked: ReadonlyMap<string, number>): number {
  const held = new Map<string, number>();
  for (const { epoch } of presses) held.set(epoch, (held.get(epoch) ?? 0) + 1);
  return [...acked].reduce((sum, [epoch, upTo]) => sum + Math.max(0, upTo - (held.get(epoch) ?? 0)), 0);
}
