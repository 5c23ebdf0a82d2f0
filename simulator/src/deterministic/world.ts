import type { Random } from '@hymio/protocol';
import { seededRandom } from '../random/seeded-random.js';
import { Broker } from './broker.js';
import type { MemoryDisk } from './card.js';
import { Committed } from './committed.js';
import { Deliverers } from './deliverers.js';
import { drawUuid } from './draw-uuid.js';
import { GatewayHost } from './gateway-host.js';
import { Ledger } from './ledger.js';
import { Lives } from './lives.js';
import type { Machine } from './machine.js';
import type { Plan } from './plan.js';
import { Reached } from './reached.js';
import { Scheduler } from './scheduler.js';
import type { Tampering } from './tampering.js';
import { Trace } from './trace.js';
import { Verdict } from './verdict.js';

/** Monday of week 48, 2026, 08:00 in Helsinki. */
const START_MS = Date.UTC(2026, 10, 23, 6);

/** Everything of one run. */
export class World {
  readonly plan: Plan;
  readonly tampering: Tampering;
  readonly scheduler = new Scheduler(START_MS);
  readonly verdict = new Verdict();
  readonly trace: Trace;
  readonly reached = new Reached();
  readonly ledger: Ledger;
  readonly lives = new Lives();
  readonly committed: Committed;
  readonly deliverers: Deliverers;
  readonly broker: Broker;
  readonly gateway: GatewayHost;
  /** Those that were replaced are not among them. */
  readonly machines: Machine[] = [];
  /** Visits so far, as `terminal-1:7`. */
  readonly visits: string[] = [];
  /** The newest image of each terminal's card. */
  readonly images = new Map<string, MemoryDisk>();
  readonly #epochs: Random;
  #clones = 0;

  constructor(plan: Plan, tampering: Tampering, onLine?: (line: string) => void) {
    const { scheduler, verdict } = this;
    this.plan = plan;
    this.tampering = tampering;
    this.trace = new Trace(() => scheduler.now(), onLine);
    this.ledger = new Ledger(verdict);
    this.committed = new Committed(this.ledger, verdict, this.reached);
    this.deliverers = new Deliverers(this.committed);
    this.#epochs = this.random('epochs');
    const { duplicateChance, lateWillChance } = plan;
    this.broker = new Broker({ scheduler, random: this.random('broker'), duplicateChance, lateWillChance });
    this.gateway = new GatewayHost({
      plan,
      scheduler,
      random: this.random('gateway'),
      trace: this.trace,
      verdict,
      broker: this.broker,
      committed: this.committed,
      tampering,
      reached: this.reached,
    });
  }

  /** A stream of its own for each purpose: one more draw in one place changes nothing elsewhere. */
  random(...names: string[]): Random {
    return seededRandom(this.plan.seed, ...names);
  }

  cloneName(id: string): string {
    this.#clones += 1;
    return `${id}-clone-${this.#clones}`;
  }

  drawEpoch(): string {
    return drawUuid(this.#epochs);
  }
}
