import type { GatewayProgram } from '../support/gateway-program.js';
import { DiskGateway } from './disk-gateway.js';
import { DiskTerminal } from './disk-terminal.js';
import { delivered, joinLedgers, judgeStore } from './judge-store.js';
import type { Played } from './play-part.js';
import type { PowerPlace } from './power-place.js';

/** A gateway and its terminals, each with a disk of its own whose plug can be pulled. */
export interface House {
  gateway: DiskGateway;
  terminals: readonly DiskTerminal[];
}

/** Nothing of it is started yet. */
export async function makeHouse(place: PowerPlace, names: readonly string[]): Promise<House> {
  const gateway = await DiskGateway.make(place.bench('gateway'), await place.disk('gateway'));
  const terminals: DiskTerminal[] = [];
  for (const name of names) {
    terminals.push(new DiskTerminal(place.bench(name), name, await place.disk(name), place.random));
  }
  return { gateway, terminals };
}

/** At the end, with everything running: waits until all is delivered, and compares what was thanked for with the store. */
export async function judgeHouse({ terminals }: House, served: GatewayProgram): Promise<Played> {
  for (const terminal of terminals) await delivered(served, await terminal.press(3));
  const names = terminals.map(({ name }) => name);
  const judgement = await judgeStore(served, names, joinLedgers(terminals.map((each) => each.ledger())));
  return { ...judgement, starts: terminals.reduce((sum, { starts }) => sum + starts, 0) };
}
