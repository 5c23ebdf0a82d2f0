import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startGateway } from '../gateway/gateway-program.js';
import { cpuSecondsOf } from '../harness/process-usage.js';
import { Program } from '../harness/program.js';
import { MOSQUITTO_PATHS, startMosquitto } from './mosquitto.js';

export const TERMINALS = 200;
const READY_MS = 10_000;

/** What receives: the gateway with a broker elsewhere, with its own, or the baseline program with a broker elsewhere. */
export const KINDS = ['external', 'embedded', 'baseline'] as const;
export type Kind = (typeof KINDS)[number];

/** Presses acknowledged, how many of them a second, and processor time of the receiver per press, µs. */
export interface Run {
  rows: number;
  rate: number;
  cpuMicros: number;
}

/** Why there cannot be all kinds here. */
export function mosquittoMissing(): string | undefined {
  return MOSQUITTO_PATHS.some(existsSync) ? undefined : 'needs mosquitto (apt install mosquitto)';
}

/** A receiver and the fleet that sends to it. */
export interface Lane {
  receiver: Program;
  fleet: Program;
}

/** Lets the fleet send for so long. Throws where a batch had to be sent again. */
export async function runOnce({ receiver, fleet }: Lane, seconds: number): Promise<Run> {
  const cpuBefore = cpuSecondsOf(receiver.pid);
  const { text } = await fleet.ask(String(seconds), 'done ', (seconds + 30) * 1000);
  const cpuSeconds = cpuSecondsOf(receiver.pid) - cpuBefore;
  const [, rows = '', ms = '', resent = ''] = /rows=(\d+) ms=(\d+) resent=(\d+)/.exec(text) ?? [];
  if (Number(resent) > 0) throw new Error(`${receiver.name}: ${resent} batches had to be sent again`);
  return {
    rows: Number(rows),
    rate: Math.round(Number(rows) / (Number(ms) / 1000)),
    cpuMicros: (cpuSeconds / Number(rows)) * 1e6,
  };
}

/** What it starts is added to `started`. `environment`: of the receiver. */
export async function openLane(
  kind: Kind,
  base: string,
  batch: number,
  started: Program[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Lane> {
  const folder = await mkdtemp(join(base, `${kind}-`));
  const mosquitto =
    kind === 'embedded' ? undefined : await startMosquitto(MOSQUITTO_PATHS.find(existsSync) ?? '', folder);
  if (mosquitto !== undefined) started.push(mosquitto.program);
  const receiver = await startReceiver(folder, mosquitto?.port, kind === 'baseline', environment);
  started.push(receiver.program);
  const fleet = Program.node('bench/dist/ingest/load-program.js', ...[receiver.port, TERMINALS, batch].map(String));
  started.push(fleet);
  await fleet.line('ready');
  return { receiver: receiver.program, fleet };
}

/** `port`: of the broker elsewhere; undefined: its own. */
async function startReceiver(
  folder: string,
  port: number | undefined,
  baseline: boolean,
  environment: Readonly<Record<string, string>>,
): Promise<{ program: Program; port: number }> {
  if (baseline) {
    const program = Program.nodeWith(environment, 'bench/dist/ingest/baseline-program.js', folder, String(port));
    await program.line('ready');
    return { program, port: port ?? 0 };
  }
  const gateway = await startGateway(folder, port === undefined ? { listen: 0 } : { connect: port }, { environment });
  await ready(gateway.http);
  return { program: gateway.program, port: port ?? gateway.mqttPort };
}

async function ready(http: string): Promise<void> {
  const deadline = performance.now() + READY_MS;
  while (!(await fetch(`${http}/readyz`)).ok) {
    if (performance.now() > deadline) throw new Error('the gateway is not ready');
    await wait(50);
  }
}
