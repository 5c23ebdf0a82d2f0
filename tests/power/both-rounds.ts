import { setTimeout as sleep } from 'node:timers/promises';
import { cutPower } from './cut-power.js';
import { judgeHouse, makeHouse } from './house.js';
import type { Played } from './play-part.js';
import type { PowerPlace } from './power-place.js';

const TERMINALS = ['house-1', 'house-2'];
/** A cut comes within this after the terminals take presses, ms. */
const WORKING_MS = 1_500;

/** A whole house loses its power again and again: gateway and terminals at the same moment. */
export async function playBothRounds(place: PowerPlace, rounds: number): Promise<Played> {
  const { random } = place;
  const house = await makeHouse(place, TERMINALS);
  const { gateway, terminals } = house;
  const start = () => Promise.all([gateway.start(), ...terminals.map((each) => each.start(gateway.mqttPort))]);
  for (let round = 0; round < rounds; round += 1) {
    await start();
    const pressing = new AbortController();
    const pressed = terminals.map((terminal) => terminal.pressUntil(pressing.signal));
    await sleep(random() * WORKING_MS);
    const all = [gateway, ...terminals];
    await cutPower(all);
    pressing.abort();
    await Promise.all(pressed);
    await Promise.all(all.map(({ disk }) => disk.restore()));
  }
  const [served] = await start();
  return judgeHouse(house, served);
}
