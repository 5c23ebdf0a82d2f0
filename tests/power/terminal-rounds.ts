import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '@hymio/protocol';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { cutPower } from './cut-power.js';
import { DiskTerminal } from './disk-terminal.js';
import { delivered, judgeStore } from './judge-store.js';
import type { Played } from './play-part.js';
import type { PowerPlace } from './power-place.js';

const TERMINAL = 'plugged-1';
/** A cut comes within this after the first press, ms. */
const PRESSING_MS = 350;
/** Some cuts come while the firmware is only starting, within this, ms. */
const STARTING_MS = 450;
const EARLY_CHANCE = 0.15;
/** Mostly there is no network: a press that only the journal holds is lost with it. */
const ONLINE_CHANCE = 0.25;

/** One terminal loses its power again and again; at the end all that it ever kept is delivered and compared. */
export async function playTerminalRounds(place: PowerPlace, rounds: number): Promise<Played> {
  const { random } = place;
  const terminal = new DiskTerminal(place.bench('terminal'), TERMINAL, await place.disk('terminal'), random);
  const bench = place.bench('gateway');
  const gateway = await GatewayProgram.start(bench, writeGatewayConfig(bench, 'gateway'));
  for (let round = 0; round < rounds; round += 1) {
    const port = random() < ONLINE_CHANCE ? gateway.mqttPort : undefined;
    await cutWhilePressed(terminal, port, random);
  }
  await terminal.start(gateway.mqttPort);
  await delivered(gateway, await terminal.press(3));
  const judgement = await judgeStore(gateway, [TERMINAL], terminal.ledger());
  await terminal.stop();
  return { starts: terminal.starts, ...judgement };
}

async function cutWhilePressed(terminal: DiskTerminal, port: number | undefined, random: Random): Promise<void> {
  const pressing = new AbortController();
  const early = random() < EARLY_CHANCE;
  if (early) terminal.launch(port);
  else await terminal.start(port);
  const pressed = terminal.pressUntil(pressing.signal);
  await sleep(random() * (early ? STARTING_MS : PRESSING_MS));
  await cutPower([terminal]);
  pressing.abort();
  await pressed;
  await terminal.disk.restore();
}
