import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random, Rating } from '@hymio/protocol';
import type { Ledger } from '../ledger/ledger.js';
import { drawBetween, drawChance, drawInteger } from '../random/draw.js';
import type { Boot } from '../time/simulated-clock.js';
import type { CuttableProxy } from './cuttable-proxy.js';
import type { Fault } from './fault-plan.js';
import type { FleetTally } from './fleet-tally.js';
import type { TerminalHost } from './terminal-host.js';

export interface ActorParts {
  host: TerminalHost;
  proxy: CuttableProxy;
  ledger: Ledger;
  tally: FleetTally;
  random: Random;
}

type Clockwork = Pick<Boot, 'syncsAt' | 'wallErrors'>;
type Power = { kind: 'on'; boot: Boot } | { kind: 'off'; upAt: number; next: Clockwork };

/** A clock that is right from the beginning. */
const RIGHT: Clockwork = { syncsAt: 0, wallErrors: [] };

/** What is done to one terminal: buttons pushed, power and network taken away; each told to ledger and tally. */
export class TerminalActor {
  readonly #parts: ActorParts;
  #power: Power = { kind: 'off', upAt: 0, next: RIGHT };
  #offlineUntil = 0;

  constructor(parts: ActorParts) {
    this.#parts = parts;
  }

  /** When it comes up again (UTC ms); undefined while it is on. */
  get upAt(): number | undefined {
    return this.#power.kind === 'off' ? this.#power.upAt : undefined;
  }

  /** No fault keeps it from the network now. */
  mayBeOnline(): boolean {
    return this.#power.kind === 'on' && this.#offlineUntil <= this.#parts.host.now();
  }

  /** Plugs the network in or out; out: torn, without a goodbye. */
  async plug(up: boolean): Promise<void> {
    const { host, proxy } = this.#parts;
    if (up) proxy.mend();
    else proxy.cut();
    await host.link(up);
  }

  /** Tears the connection; the terminal may connect again at once. */
  tear(): void {
    this.#parts.proxy.drop();
    this.#parts.tally.cuts += 1;
  }

  goOffline(until: number): void {
    this.#offlineUntil = Math.max(this.#offlineUntil, until);
    this.#parts.tally.cuts += 1;
  }

  async push(rating: Rating): Promise<void> {
    const { host, ledger, tally } = this.#parts;
    const { outcome, trueAt, wallAt } = await host.press(rating);
    if (outcome === 'died') {
      ledger.write({ event: 'unanswered', terminal: host.terminal, rating, trueAt });
      tally.unanswered += 1;
    } else if (outcome.kept) {
      const { epoch, seq } = outcome;
      ledger.write({ event: 'kept', terminal: host.terminal, epoch, seq, rating, trueAt, wallAt: Math.round(wallAt) });
      tally.kept += 1;
    } else tally.notKept[outcome.code] = (tally.notKept[outcome.code] ?? 0) + 1;
  }

  pushAny(): Promise<void> {
    return this.push(drawInteger(this.#parts.random, 0, 3) as Rating);
  }

  /** The process dies, perhaps in the midst of a press, and is started again on the same boot. */
  async kill(): Promise<void> {
    const { host, proxy, tally, random } = this.#parts;
    if (this.#power.kind === 'off') return;
    const pushed = this.pushAny();
    if (drawChance(random, 0.5)) await sleep(drawBetween(random, 0, 4));
    proxy.drop();
    await host.kill();
    await pushed;
    tally.kills += 1;
    await host.boot(this.#power.boot);
  }

  async goDown({ upAt, at, graceful, syncsAt, wallErrors }: Extract<Fault, { kind: 'reboot' }>): Promise<void> {
    const { host, proxy, tally } = this.#parts;
    if (this.#power.kind === 'off') return;
    if (graceful) await host.stop();
    else {
      proxy.drop();
      await host.kill();
    }
    tally.reboots += 1;
    // Real time may have carried the world past the plan: the machine is down as long as planned all the same.
    const lateMs = Math.max(0, host.now() - at);
    this.#power = { kind: 'off', upAt: upAt + lateMs, next: { syncsAt: syncsAt + lateMs, wallErrors } };
  }

  async comeUp(): Promise<void> {
    const { host } = this.#parts;
    if (this.#power.kind === 'on') return;
    const boot: Boot = { bootId: randomUUID(), bootedAt: host.now(), ...this.#power.next };
    this.#power = { kind: 'on', boot };
    await host.boot(boot);
  }

  /** On, with a clock that is right: after a reboot, where it is not so already. */
  async comeUpRight(): Promise<void> {
    const { host } = this.#parts;
    if (this.#power.kind === 'on') {
      if (this.#power.boot.syncsAt <= host.now()) return;
      await host.stop();
    }
    this.#power = { kind: 'off', upAt: host.now(), next: RIGHT };
    await this.comeUp();
  }
}
