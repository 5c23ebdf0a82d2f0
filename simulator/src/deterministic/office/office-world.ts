import {
  cronTimes,
  DEFAULT_ALERT_RULES,
  MemoryStore,
  type NextTime,
  type Registry,
  registryFileSchema,
  type StoredPress,
} from '@hymio/gateway';
import { HymioError, type Random, type Rating } from '@hymio/protocol';
import { seededRandom } from '../../random/seeded-random.js';
import { drawUuid } from '../draw-uuid.js';
import { Reached } from '../reached.js';
import { Scheduler } from '../scheduler.js';
import { Trace } from '../trace.js';
import { Verdict } from '../verdict.js';
import { AlertAccount } from './alert-account.js';
import { MailRoom } from './mail-room.js';
import { MemoryAlertStore } from './memory-alert-store.js';
import type { OfficePlan } from './office-plan.js';
import { WeekAccount } from './week-account.js';

/** Summer time has tests of its own, and a zone without it is worked out in a fifth of the time. */
export const ZONE = 'UTC';
/** Monday of week 48, 2026, 05:00: an hour before reports fall due. */
export const FIRST_MONDAY_MS = Date.UTC(2026, 10, 23, 5);
export const WEEK_MS = 7 * 24 * 3_600_000;
export const PLACES = ['harbour', 'kallio'] as const;
export type Place = (typeof PLACES)[number];
/** One stands at each place. */
export const TERMINALS = ['harbour-1', 'kallio-1'] as const;

/** Everything of one run that outlives the gateway's process. */
export class OfficeWorld {
  readonly plan: OfficePlan;
  /** True time at the beginning, UTC ms. */
  readonly startMs = FIRST_MONDAY_MS;
  readonly scheduler = new Scheduler(FIRST_MONDAY_MS);
  readonly verdict = new Verdict();
  readonly trace: Trace;
  /** Holds the registry and the reports. */
  readonly store: MemoryStore;
  readonly reached = new Reached();
  readonly alerts: MemoryAlertStore;
  readonly alertAccount: AlertAccount;
  readonly weekAccount: WeekAccount;
  readonly mail: MailRoom;
  readonly presses: StoredPress[] = [];
  /** Since when each terminal is not heard, UTC ms. */
  readonly offlineSince = new Map<string, number>();
  readonly schedule: NextTime;
  /** Wall time of the gateway minus true time, ms. */
  clockOffMs = 0;
  /** True time of the last change of a rule or of the clock, UTC ms. */
  disturbedAt = Number.NEGATIVE_INFINITY;
  /** True time of the last change of the recipients of reports, UTC ms. */
  recipientsChangedAt = FIRST_MONDAY_MS;
  storeFails = false;
  #callsToFailure = Number.POSITIVE_INFINITY;
  registry: Registry | undefined;
  readonly #epochs: Random;

  constructor(plan: OfficePlan, onLine?: (line: string) => void) {
    this.plan = plan;
    const now = (): number => this.scheduler.now();
    this.trace = new Trace(now, onLine);
    this.store = new MemoryStore({ now });
    this.alertAccount = new AlertAccount(this.verdict, now, () => now() - this.disturbedAt);
    this.weekAccount = new WeekAccount(this.verdict);
    this.mail = new MailRoom(this.verdict);
    this.alerts = new MemoryAlertStore(this.presses, (decision) => {
      this.trace.note(`alert ${decision.alert.id} ${decision.alert.rule.name}: ${decision.entry?.kind ?? 'settled'}`);
      this.alertAccount.note(decision);
    });
    this.#epochs = this.random('office epochs');
    this.schedule = remembered(cronTimes('0 6 * * 1', ZONE));
  }

  random(...names: string[]): Random {
    return seededRandom(this.plan.seed, 'office', ...names);
  }

  wall(): number {
    return this.scheduler.now() + this.clockOffMs;
  }

  /** The n-th call of the store from now fails; 0 is the next. */
  failCall(number: number): void {
    this.#callsToFailure = number;
  }

  storeFailure(): Error | undefined {
    this.#callsToFailure -= 1;
    const fails = this.storeFails || this.#callsToFailure === -1;
    return fails ? new HymioError('store-full', 'The simulated disk is full.', 'End the fault.') : undefined;
  }

  async furnish(): Promise<void> {
    const file = registryFileSchema.parse({
      groups: [{ id: 'city', name: { fi: 'Kaupunki' } }],
      servicePoints: PLACES.map((id) => ({ id, group: 'city', name: { fi: id }, repeatWindowMs: 0 })),
      assignments: TERMINALS.map((terminal, index) => ({
        terminal,
        servicePoint: PLACES[index],
        from: new Date(FIRST_MONDAY_MS - 8 * WEEK_MS).toISOString(),
      })),
    });
    await this.store.importRegistry(file);
    this.registry = await this.store.registry();
    const by = { who: 'Aino', at: FIRST_MONDAY_MS - WEEK_MS };
    const organisation = { kind: 'organisation' } as const;
    // What looks at a whole week would never end here.
    for (const rule of DEFAULT_ALERT_RULES) {
      if (rule.name === 'unhappy-week') await this.alerts.saveRule({ ...rule, enabled: false });
    }
    await this.alerts.saveRecipients(organisation, [
      { kind: 'email', address: 'guard@example.org', language: 'fi' },
      { kind: 'webhook', webhook: 'pager' },
    ]);
    for (const name of ['aino', 'bengt', 'carol']) {
      const subjects = name === 'aino' ? [organisation] : [organisation, { kind: 'group', id: 'city' } as const];
      const address = `${name}@example.org`;
      await this.store.reports.saveRecipient({ address, language: 'fi', format: 'pdf', subjects, active: true }, by);
    }
  }

  /** A press is stored now; returns it as the store would tell of it. */
  press(place: Place, rating: Rating): StoredPress {
    const at = this.wall();
    const press: StoredPress = {
      terminal: `${place}-1`,
      epoch: drawUuid(this.#epochs),
      seq: 1,
      at,
      countedAt: at,
      rating,
      clock: 'synced',
      receivedAt: at,
      repeat: false,
      excluded: false,
      servicePoint: place,
    };
    this.presses.push(press);
    return press;
  }
}

/** The same answer holds from its question to its time: working out a cron expression is dear. */
function remembered(next: NextTime): NextTime {
  const known = new Map<number, number | undefined>();
  return (after) => {
    const hour = Math.floor(after / 3_600_000);
    // Times of the schedule are full hours, so that within one hour, its beginning apart, the answer is the same.
    if (after % 3_600_000 === 0) return next(after);
    if (!known.has(hour)) known.set(hour, next(after));
    return known.get(hour);
  };
}
