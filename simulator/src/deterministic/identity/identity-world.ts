import type { Random } from '@hymio/protocol';
import { drawChance, drawInteger } from '../../random/draw.js';
import { seededRandom } from '../../random/seeded-random.js';
import { oneOf } from '../plan.js';
import { Reached } from '../reached.js';
import { Scheduler } from '../scheduler.js';
import { Trace } from '../trace.js';
import { Verdict } from '../verdict.js';
import { IdentityAccount } from './identity-account.js';
import { GRACE_DAYS, IdentityGateway } from './identity-gateway.js';
import type { IdentityMachine } from './identity-machine.js';
import { IdentityPeople } from './identity-people.js';
import type { IdentityPlan } from './identity-plan.js';
import type { IdentityTampering } from './identity-tampering.js';
import { KnownCertificates } from './known-certificates.js';
import { RealWork } from './real-work.js';

/** Monday of week 48, 2026, 08:00 in Helsinki. */
const START_MS = Date.UTC(2026, 10, 23, 6);
const DAY_MS = 86_400_000;
/** A terminal that was cut off over a request is so for a little while, ms. */
const LONGEST_BREAK_MS = 60_000;

/** Everything of one run of the world of certificates. */
export class IdentityWorld {
  readonly plan: IdentityPlan;
  readonly tampering: IdentityTampering;
  readonly work = new RealWork();
  readonly certificates = new KnownCertificates();
  readonly scheduler = new Scheduler(START_MS, () => this.work.idle);
  readonly verdict = new Verdict();
  readonly trace: Trace;
  readonly reached = new Reached();
  readonly account: IdentityAccount;
  readonly gateway: IdentityGateway;
  readonly people: IdentityPeople;
  /** First those that the plan names, then second ones with an id of them. */
  readonly machines: IdentityMachine[] = [];
  /** Terminals that were shut out for good. */
  readonly stolen = new Set<string>();
  readonly #overRequests: Random;
  /** Whether faults happen now. */
  faulty = false;

  constructor(plan: IdentityPlan, tampering: IdentityTampering, onLine?: (line: string) => void) {
    this.plan = plan;
    this.tampering = tampering;
    this.trace = new Trace(() => this.scheduler.now(), onLine);
    this.account = new IdentityAccount(this.verdict, this.reached, GRACE_DAYS * DAY_MS);
    this.#overRequests = this.random('over requests');
    this.gateway = new IdentityGateway(this);
    this.people = new IdentityPeople(this);
  }

  /** A stream of its own for each purpose. */
  random(...names: string[]): Random {
    return seededRandom(this.plan.seed, 'identity', ...names);
  }

  /**
   * Requests are rare, and matter most: something dies over one of them, its answer is lost, or somebody comes between.
   * Says how much longer the answer takes, ms.
   */
  overRequest(machine: IdentityMachine, what: 'enrolment' | 'renewal'): number {
    const random = this.#overRequests;
    if (!this.faulty || !drawChance(random, this.plan.overRequestChance)) return 0;
    // What is refused anyway is not worth it.
    if (what === 'renewal' && !this.account.holds(machine.serial() ?? '')) return 0;
    const points = drawInteger(random, 0, 24);
    const breakMs = drawInteger(random, 1, LONGEST_BREAK_MS);
    const means = ['kill', 'cut', 'gateway', 'answer', 'network'] as const;
    const happens = what === 'renewal' && drawChance(random, 0.3) ? 'anew' : oneOf(random, means);
    this.trace.note(`over it: ${happens} ${points}`);
    if (happens === 'anew') {
      this.people.enrolAnew(machine, 0);
      return breakMs / 4;
    }
    this.#breakOff(machine, happens, { points, breakMs });
    return 0;
  }

  #breakOff(
    machine: IdentityMachine,
    happens: 'kill' | 'cut' | 'gateway' | 'answer' | 'network',
    { points, breakMs }: { points: number; breakMs: number },
  ): void {
    switch (happens) {
      case 'kill':
        machine.dieAfter(points);
        return;
      case 'cut':
        machine.cutAfter(points);
        this.scheduler.after(30_000 + 20 * breakMs, () => machine.powerOn());
        return;
      case 'gateway':
        this.gateway.dieAfter(Math.ceil(points / 2));
        return;
      case 'answer':
        machine.answersArrive = false;
        this.scheduler.after(breakMs, () => {
          machine.answersArrive = true;
        });
        return;
      case 'network':
        machine.plugged = false;
        this.scheduler.after(breakMs, () => {
          machine.plugged = true;
        });
    }
  }
}
