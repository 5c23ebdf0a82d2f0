import type { Random } from '@hymio/protocol';
import { drawBetween, drawChance, drawExponential, drawInteger } from '../../random/draw.js';
import { IdentityMachine } from './identity-machine.js';
import type { IdentityWorld } from './identity-world.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** After a refusal somebody tries again: rarely enough for the gateway to bear it. */
const PAUSE_MS = [4 * MINUTE_MS, 20 * MINUTE_MS] as const;

/** What becomes of codes that are handed out, as the plan has it. */
export interface CodeHabits {
  late: boolean;
  again: boolean;
  withdrawn: boolean;
  copied: boolean;
}
export const GOOD_HABITS: CodeHabits = { late: false, again: false, withdrawn: false, copied: false };

/** Administrators who make codes, and installers who type them, for every terminal that needs one. */
export class IdentityPeople {
  readonly #world: IdentityWorld;
  readonly #random: Random;
  readonly #busy = new Set<IdentityMachine>();
  /** What may go wrong with codes now. */
  habits: CodeHabits = GOOD_HABITS;

  constructor(world: IdentityWorld) {
    this.#world = world;
    this.#random = world.random('people');
  }

  /** From now on somebody looks every half an hour; ends at `untilMs`. */
  work(untilMs: number): void {
    const { scheduler, plan, machines } = this.#world;
    const look = (): void => {
      if (scheduler.now() >= untilMs) return;
      for (const machine of machines) {
        if (!plan.terminals.includes(machine.name) || this.#busy.has(machine) || !this.needsCode(machine)) continue;
        this.#busy.add(machine);
        scheduler.after(drawBetween(this.#random, 0, 10) * MINUTE_MS, () => this.#provide(machine, untilMs));
      }
      scheduler.after(drawBetween(this.#random, 5, 30) * MINUTE_MS, look);
    };
    look();
  }

  /** Whoever looks at the terminal's page sees it: it is on, is not stolen, and cannot come in again by itself. */
  needsCode(machine: IdentityMachine): boolean {
    const { account, stolen, scheduler } = this.#world;
    if (!machine.on || stolen.has(machine.id)) return false;
    const serial = machine.serial();
    if (serial === undefined || !account.holds(serial)) return true;
    return scheduler.now() > (account.ever(serial)?.notAfter ?? 0) + 30 * DAY_MS;
  }

  /** Shuts a terminal out, for good where it was stolen. */
  shutOut(id: string, stolen: boolean): void {
    const { gateway, trace } = this.#world;
    const { stolen: gone } = this.#world;
    if (stolen) gone.add(id);
    const again = (): void => {
      gateway.act(
        async (desk, by) => desk.shutOut(id, by),
        (outcome) => {
          const error = outcome !== undefined && typeof outcome === 'object' ? outcome.error : undefined;
          trace.note(`shut out ${id}: ${error ?? 'done'}`);
          // Who was told nothing, or that it failed, does it again.
          if (error !== undefined && error !== 'no-certificate') this.#world.scheduler.after(10 * MINUTE_MS, again);
        },
      );
    };
    again();
  }

  /** Somebody enrols a terminal again that need not be. `waitMs`: from the code to the keyboard. */
  enrolAnew(machine: IdentityMachine, waitMs: number): void {
    const { gateway, scheduler } = this.#world;
    if (this.#busy.has(machine) || this.#world.stolen.has(machine.id)) return;
    this.#busy.add(machine);
    gateway.act(
      (desk, by) => desk.makeCode(machine.id, by),
      (outcome) => {
        if ('error' in outcome) this.#busy.delete(machine);
        else scheduler.after(waitMs, () => this.#type(machine, outcome.text, Number.POSITIVE_INFINITY, 3));
      },
    );
  }

  #provide(machine: IdentityMachine, untilMs: number): void {
    const { gateway, trace, scheduler } = this.#world;
    const later = (): void => {
      this.#busy.delete(machine);
    };
    gateway.act(
      (desk, by) => desk.makeCode(machine.id, by),
      (outcome) => {
        if ('error' in outcome) {
          trace.note(`no code for ${machine.id}: ${outcome.error}`);
          return later();
        }
        trace.note(`a code for ${machine.id}`);
        this.#spoil(machine);
        const waitMs =
          this.habits.late && drawChance(this.#random, 0.4) ? drawBetween(this.#random, 23, 27) * HOUR_MS : 0;
        scheduler.after(waitMs + drawExponential(this.#random, 5 * MINUTE_MS), () =>
          this.#type(machine, outcome.text, untilMs, drawInteger(this.#random, 3, 10)),
        );
      },
    );
  }

  /** Somebody else does something about the same code. */
  #spoil(machine: IdentityMachine): void {
    const { gateway, scheduler } = this.#world;
    const random = this.#random;
    const { again, withdrawn } = this.habits;
    const atMs = drawExponential(random, 5 * MINUTE_MS);
    if (again && drawChance(random, 0.4))
      scheduler.after(atMs, () =>
        gateway.act(
          (desk, by) => desk.makeCode(machine.id, by),
          () => undefined,
        ),
      );
    if (withdrawn && drawChance(random, 0.4))
      scheduler.after(atMs, () =>
        gateway.act(
          async (desk, by) => desk.withdrawCode(machine.id, by),
          () => undefined,
        ),
      );
  }

  #type(machine: IdentityMachine, code: string, untilMs: number, tries: number): void {
    const { scheduler } = this.#world;
    if (this.habits.copied && drawChance(this.#random, 0.4)) this.#typeElsewhere(machine, code);
    machine.enrol(code, (end) => {
      const refused = typeof end === 'object' && end.error === 'enrolment-refused';
      const [least, most] = PAUSE_MS;
      if (end === 'enrolled' || refused || tries === 0 || scheduler.now() >= untilMs || !machine.on) {
        this.#busy.delete(machine);
        return;
      }
      scheduler.after(drawBetween(this.#random, least, most), () => this.#type(machine, code, untilMs, tries - 1));
    });
  }

  /** A second machine with the same id, which somebody took out of the cupboard. */
  #typeElsewhere({ id }: IdentityMachine, code: string): void {
    const { machines, scheduler } = this.#world;
    const name = `${id}-second`;
    let second = machines.find((machine) => machine.name === name);
    if (second === undefined) {
      second = new IdentityMachine(this.#world, id, name);
      machines.push(second);
    }
    const other = second;
    other.powerOn();
    scheduler.after(drawBetween(this.#random, 0, 2) * MINUTE_MS, () => other.enrol(code, () => undefined));
  }
}
