import { setTimeout as sleep } from 'node:timers/promises';
import { cutPower } from './cut-power.js';
import { DiskGateway } from './disk-gateway.js';
import { DiskTerminal } from './disk-terminal.js';
import { delivered, joinLedgers, judgeStore } from './judge-store.js';
import type { Played } from './play-part.js';
import type { PowerPlace } from './power-place.js';

const TERMINALS = ['house-1', 'house-2'];
/** A cut comes within this after the terminals take presses, ms. */
const WORKING_MS = 1_500;

/** A whole house loses its power again and again: gateway and terminals at the same moment. */
export async function playBothRounds(place: PowerPlace, rounds: number): Promise<Played> {
  const { random } = place;
  const gateway = await DiskGateway.make(place.bench('gateway'), await place.disk('gateway'));
  const terminals: DiskTerminal[] = [];
  for (const name of TERMINALS) {
    const disk = await place.disk(name);
    terminals.push(new DiskTerminal(place.bench(name), name, disk, random));
  }
  const start = () => Promise.all([gateway.start(), ...terminals.map((each) => each.start(gateway.mqttPort))]);
  for (let round = 0; round < rounds; round += 1) {
    await start();
    const pressing = new AbortController();
    const pressed = terminals.map((terminal) => terminal.pressUntil(pressing.signal));
    await sleep(random() * WORKING_MS);
    const house = [gateway, ...terminals];
    await cutPower(house);
    pressing.abort();
    await Promise.all(pressed);
    await Promise.all(house.map(({ disk }) => disk.restore()));
  }
  const [served] = await start();
  for (const terminal of terminals) await delivered(served, await terminal.press(3));
  const judgement = await judgeStore(served, TERMINALS, joinLedgers(terminals.map((each) => each.ledger())));
  return { ...judgement, starts: terminals.reduce((sum, terminal) => sum + terminal.starts, 0) };
}
