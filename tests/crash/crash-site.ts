import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '@hymio/protocol';
import type { ChildProgram } from '../support/child-program.js';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { MosquittoProgram } from '../support/mosquitto-program.js';
import { type KeptPress, TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import { freePort, ON_DISK, TestBench } from '../support/test-bench.js';

/** Everything of a round happens within this, ms: presses, kills, and kills of what is only just starting. */
const ROUND_MS = 250;
const MOST_PRESSES = 8;
const KILL_CHANCE = 0.4;
/** What was killed is killed once more while it starts. */
const SECOND_KILL_CHANCE = 0.15;

/** One thing that can be killed and brought back. */
interface Victim {
  name: string;
  kill(): Promise<void>;
  /** Starts it without waiting until it is up. */
  begin(): void;
  up(): Promise<unknown>;
}

/** A gateway, its broker and some terminals as real processes, all of which may be killed at any moment. */
export class CrashSite {
  readonly bench: TestBench;
  readonly #random: Random;
  readonly #runs: TerminalProgram[] = [];
  readonly #terminals: string[];
  readonly #victims: Victim[] = [];
  #gatewayConfig = '';
  #gateway: ChildProgram | undefined;
  #http = '';
  kills = 0;

  constructor(name: string, terminals: readonly string[], random: Random) {
    this.bench = new TestBench(`kill-${name}`, ON_DISK);
    this.#terminals = [...terminals];
    this.#random = random;
  }

  async start(broker: 'embedded' | 'mosquitto'): Promise<void> {
    const httpPort = await freePort();
    this.#http = `http://127.0.0.1:${httpPort}`;
    const mosquitto = broker === 'mosquitto' ? await MosquittoProgram.start(this.bench) : undefined;
    const mqttPort = mosquitto?.port ?? (await freePort());
    if (mosquitto !== undefined) this.#victims.push(brokerVictim(mosquitto));
    this.#gatewayConfig = writeGatewayConfig(this.bench, 'gateway', {
      httpPort,
      ...(mosquitto === undefined ? { mqttPort } : { brokerUrl: mosquitto.url }),
    });
    this.#victims.push(this.#gatewayVictim());
    for (const terminal of this.#terminals) {
      const config = writeTerminalConfig(this.bench, terminal, mqttPort);
      this.#victims.push(this.#terminalVictim(terminal, config));
    }
    for (const victim of this.#victims.filter(({ name }) => name !== 'mosquitto')) {
      victim.begin();
      await victim.up();
    }
  }

  /** Presses while some are killed; over when everything runs again. Returns who was killed. */
  async round(): Promise<string[]> {
    const chosen = this.#victims.filter(() => this.#random() < KILL_CHANCE);
    const victims = chosen.length > 0 ? chosen : [this.#pick(this.#victims)];
    const pressing = Array.from({ length: 1 + this.#upTo(MOST_PRESSES) }, () => this.#pressSomewhere());
    await Promise.all([...pressing, ...victims.map((victim) => this.#strike(victim))]);
    return victims.map(({ name }) => name);
  }

  /** A press at every terminal, and everything pressed before is answered. */
  async pressEverywhere(): Promise<void> {
    for (const terminal of this.#terminals) {
      const run = this.#current(terminal);
      run?.push(this.#upTo(3));
      await run?.answered();
    }
  }

  /** Every press that any run of any terminal said is kept. */
  kept(): KeptPress[] {
    return this.#runs.flatMap((run) => run.kept());
  }

  /** A client for the gateway that runs now. */
  gateway(): Promise<GatewayProgram> {
    if (this.#gateway === undefined) throw new Error('the gateway was never started');
    return GatewayProgram.ready(this.#gateway);
  }

  get address(): string {
    return this.#http;
  }

  /** Children that ended and are still in the process table: nobody took their exit code. */
  zombies(): string[] {
    const ended = this.bench.children.filter((child) => !child.running);
    return ended.filter(({ pid }) => isZombieOfOurs(pid)).map(({ name, pid }) => `${name} (${pid})`);
  }

  /** Writes the story and what every process said to a folder that stays; returns its path. */
  saveLogs(story: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'hymio-kill-logs-'));
    writeFileSync(join(folder, 'story.txt'), `${story}\n`);
    for (const [index, child] of this.bench.children.entries()) {
      const file = join(folder, `${String(index).padStart(3, '0')}-${child.name}-${child.pid}.log`);
      writeFileSync(file, `${child.lines.join('\n')}\n`);
    }
    return folder;
  }

  async #strike(victim: Victim): Promise<void> {
    await sleep(this.#random() * ROUND_MS);
    await this.#kill(victim);
    victim.begin();
    if (this.#random() < SECOND_KILL_CHANCE) {
      await sleep(this.#random() * ROUND_MS);
      await this.#kill(victim);
      victim.begin();
    }
    await victim.up();
  }

  async #kill(victim: Victim): Promise<void> {
    this.kills += 1;
    await victim.kill();
  }

  async #pressSomewhere(): Promise<void> {
    const terminal = this.#pick(this.#terminals);
    const ratings = Array.from({ length: 1 + this.#upTo(2) }, () => this.#upTo(3));
    await sleep(this.#random() * ROUND_MS);
    this.#current(terminal)?.push(...ratings);
  }

  #current(terminal: string): TerminalProgram | undefined {
    return this.#runs.findLast((run) => run.terminal === terminal);
  }

  #gatewayVictim(): Victim {
    return {
      name: 'gateway',
      kill: async () => void (await this.#gateway?.kill()),
      begin: () => {
        this.#gateway = GatewayProgram.launch(this.bench, this.#gatewayConfig);
      },
      up: () => this.gateway(),
    };
  }

  #terminalVictim(terminal: string, config: string): Victim {
    return {
      name: terminal,
      kill: async () => void (await this.#current(terminal)?.child.kill()),
      begin: () => void this.#runs.push(new TerminalProgram(this.bench, terminal, config)),
      up: async () => this.#current(terminal)?.child.line(/"msg":"ready for presses"/),
    };
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#upTo(from.length - 1)] as T;
  }

  /** A whole number from 0 to `most`. */
  #upTo(most: number): number {
    return Math.floor(this.#random() * (most + 1));
  }
}

function brokerVictim(mosquitto: MosquittoProgram): Victim {
  return {
    name: 'mosquitto',
    kill: () => mosquitto.stop('SIGKILL'),
    begin: () => mosquitto.begin(),
    up: () => mosquitto.up(),
  };
}

function isZombieOfOurs(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return false;
  // "pid (name) state parent …": a number given out again belongs to someone else.
  const [state, parent] = readFileSync(file, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return state === 'Z' && Number(parent) === process.pid;
}
