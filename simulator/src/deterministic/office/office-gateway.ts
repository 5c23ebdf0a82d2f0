import {
  AlertEngine,
  type DeliveryOutcome,
  dueWeeks,
  LiveEvents,
  laneOf,
  type Notice,
  type NoticeState,
  Outbox,
  ReportJob,
  type ReportMail,
  type ReportStore,
  type Store,
  stepAlert,
  type WatchedTerminal,
  type WeekIssue,
} from '@hymio/gateway';
import type { Clock, Random } from '@hymio/protocol';
import { drawBetween, drawInteger } from '../../random/draw.js';
import { drawUuid } from '../draw-uuid.js';
import { processTimer, SimulatedProcess } from '../simulated-process.js';
import type { Message } from './mail-room.js';
import { countAlertSteps } from './name-alert-step.js';
import { type OfficeTampering, UNTAMPERED } from './office-tampering.js';
import { FIRST_MONDAY_MS, type OfficeWorld, PLACES, TERMINALS, ZONE } from './office-world.js';
import { type SlowCallParts, slowCalls, slowly } from './slow-calls.js';

/** Where nothing fails, an alert is judged and the store looked at so often. */
const LOOK_EVERY_MS = 30_000;
const RESTART_MS = 5_000;
/** Recipients as old as that when the job looks are known to it. */
const STEADY_MS = 60_000;
const HANG_MS = 30_000;

interface Running {
  process: SimulatedProcess;
  /** Settles once all of it runs, or it has ended over it. */
  started: Promise<void>;
  engine: AlertEngine;
  job: ReportJob;
  outboxes: { wake(): void; start(): void; stop(): Promise<void> }[];
  live: LiveEvents;
}

type State =
  | { kind: 'down' }
  | { kind: 'up'; running: Running }
  /** `next`: whether somebody has started it again meanwhile. */
  | { kind: 'stopping'; running: Running; next: 'stays down' | 'starts' };

/** The part of the gateway that tells people: the real alert engine, report job and outboxes, as one process that can die. */
export class OfficeGateway {
  readonly #world: OfficeWorld;
  readonly #random: Random;
  readonly #tampering: OfficeTampering;
  #state: State = { kind: 'down' };
  #lives = 0;

  constructor(world: OfficeWorld, tampering: OfficeTampering = UNTAMPERED) {
    this.#world = world;
    this.#tampering = tampering;
    this.#random = world.random('gateway');
  }

  get engine(): AlertEngine | undefined {
    return this.#running?.engine;
  }

  get up(): boolean {
    return this.#state.kind === 'up';
  }

  /** Where it is being stopped it starts behind that: there are never two of them. */
  start(): void {
    if (this.#state.kind === 'stopping') this.#state.next = 'starts';
    if (this.#state.kind !== 'down') return;
    this.#lives += 1;
    this.#world.trace.note('gateway starts');
    const process: SimulatedProcess = new SimulatedProcess(() => this.#died(process));
    const running = this.#assemble(process, this.#lives);
    this.#state = { kind: 'up', running };
    process.run(() => {
      running.started = running.engine.start().then(
        () => process.run(() => this.#opened(running)),
        // As the program: it cannot start, ends, and is started again.
        () => process.kill(),
      );
    });
    this.#world.scheduler.promisesWait();
  }

  /** Dies at the n-th effect from now. */
  dieAfter(points: number): void {
    this.#running?.process.dieAfter(points);
  }

  /** Ends in good order, and stays ended until the next start. As the program, it first starts as a whole. */
  stop(): void {
    if (this.#state.kind !== 'up') return;
    const { running } = this.#state;
    this.#state = { kind: 'stopping', running, next: 'stays down' };
    this.#world.trace.note('gateway stops');
    void (async () => {
      await running.started;
      await running.engine.stop();
      await running.job.stop();
      for (const outbox of running.outboxes) await outbox.stop();
      if (this.#state.kind !== 'stopping' || this.#state.running !== running) return;
      const { next } = this.#state;
      this.#state = { kind: 'down' };
      running.process.kill();
      if (next === 'starts') this.start();
    })();
    this.#world.scheduler.promisesWait();
  }

  /** A press was stored; where the process lives, it hears of it. */
  heard(press: ReturnType<OfficeWorld['press']>): void {
    const running = this.#running;
    running?.process.run(() => running.live.publish({ kind: 'press', press }));
  }

  get #running(): Running | undefined {
    return this.#state.kind === 'down' ? undefined : this.#state.running;
  }

  #opened({ job, outboxes }: Running): void {
    job.start();
    for (const outbox of outboxes) outbox.start();
    this.#world.scheduler.promisesWait();
  }

  #died(process: SimulatedProcess): void {
    const { trace, scheduler } = this.#world;
    // One that has stopped in good order is gone already.
    if (this.#running?.process !== process) return;
    this.#state = { kind: 'down' };
    trace.note('gateway dies');
    scheduler.after(RESTART_MS, () => this.start());
  }

  #assemble(process: SimulatedProcess, life: number): Running {
    const world = this.#world;
    const { scheduler, plan } = world;
    const random = this.#random;
    const calls: SlowCallParts = {
      scheduler,
      random,
      process,
      callMs: plan.callMs,
      failure: () => world.storeFailure(),
    };
    const clock: Clock = {
      now: () => world.wall(),
      monotonic: () => scheduler.now(),
      after: processTimer(scheduler, process),
    };
    const note = (event: string, fields?: Record<string, unknown>): void => {
      const { stack: _, ...said } = fields ?? {};
      if (!process.alive) return;
      world.trace.note(`gateway: ${event} ${JSON.stringify(said)}`);
      if (event.startsWith('reports could not')) world.reached.note('report job', 'due → due, it fails');
    };
    const log = { debug: note, info: note, warn: note, error: note };
    const live = new LiveEvents();
    const alerts = slowCalls(this.#tampering.alerts(world.alerts), calls);
    const reports = slowCalls(this.#watched(this.#tampering.reports(world.store.reports)), calls);
    const post = { calls, life };
    const notices = new Outbox<Notice>({
      store: {
        waiting: (limit, lanes) => alerts.waitingNotices(limit, lanes),
        record: (id, state) => this.#record('notice', state, () => alerts.recordNotice(id, state)),
      },
      kind: 'notice',
      lane: ({ recipient }) => laneOf(recipient),
      about: ({ id }) => ({ notice: id }),
      deliver: (notice) => this.#send({ delivery: notice.delivery, meaning: meaningOf(notice) }, post),
      ...{ clock, random, log },
    });
    const mails = new Outbox<ReportMail>({
      store: {
        waiting: (limit, lanes) => (lanes.length > 0 ? Promise.resolve([]) : reports.waitingMails(limit)),
        record: (id, state) => this.#record('mail', state, () => reports.recordMail(id, state)),
      },
      kind: 'report-mail',
      lane: () => 'mail',
      about: ({ id }) => ({ mail: id }),
      deliver: ({ delivery, week, subject, addressee }) =>
        this.#send({ delivery, meaning: `${week} ${subject} to ${addressee.id}` }, post),
      refusalPausesMs: [15 * 60_000],
      ...{ clock, random, log },
    });
    const engine = new AlertEngine({
      store: alerts,
      registry: () => slowly(async () => this.#registry(), calls),
      terminals: () => slowly(async () => this.#terminals(), calls),
      presence: async () => [],
      listening: () => true,
      newDelivery: () => drawUuid(random),
      noticed: () => notices.wake(),
      lookEveryMs: LOOK_EVERY_MS,
      step: countAlertSteps(this.#tampering.step ?? stepAlert, world.reached),
      zone: ZONE,
      ...{ live, clock, log },
    });
    const job = new ReportJob({
      // The job itself asks for nothing else.
      store: { reports } as unknown as Store,
      schedule: this.#tampering.schedule(world.schedule),
      zone: ZONE,
      issued: () => mails.wake(),
      makeReport: async (week, subject) => ({
        subject,
        figures: {
          tally: { n: 0, satisfied: 0 },
          corrections: [],
        } as unknown as WeekIssue['reports'][number]['figures'],
        document: Buffer.from(`${week} ${subject}`),
      }),
      ...{ clock, log },
    });
    return { process, started: Promise.resolve(), engine, job, outboxes: [notices, mails], live };
  }

  #record(what: 'notice' | 'mail', state: NoticeState, write: () => Promise<void>): Promise<void> {
    const reason = 'reason' in state ? `: ${state.reason}` : '';
    this.#world.reached.note('outbox', `${what} waiting → ${state.kind}${reason}`);
    return this.#tampering.recording(write);
  }

  #registry() {
    const { registry } = this.#world;
    if (registry === undefined) throw new Error('the office is not furnished');
    return registry;
  }

  #terminals(): WatchedTerminal[] {
    return TERMINALS.map((id, index) => {
      const since = this.#world.offlineSince.get(id);
      const servicePoint = PLACES[index] ?? '';
      if (since === undefined) return { id, servicePoint, state: 'working', since: FIRST_MONDAY_MS, faults: [] };
      return { id, servicePoint, state: 'offline', since, faults: [] };
    });
  }

  /** The reports of the store, with the account looking on at every issue. */
  #watched(reports: ReportStore): ReportStore {
    const { weekAccount, trace, scheduler, schedule } = this.#world;
    const world = this.#world;
    return new Proxy(reports, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        if (name !== 'issue') return member.bind(target);
        return async (issue: WeekIssue): Promise<boolean> => {
          const isNew = await target.issue(issue);
          world.reached.note(
            'report job',
            isNew
              ? `due → issued, ${issue.mails.length > 0 ? 'mailed' : 'to nobody'}`
              : 'issued → issued, by nobody twice',
          );
          trace.note(`${issue.week} ${isNew ? 'issued' : 'was issued before'}, ${issue.mails.length} mails`);
          if (!isNew) return false;
          const due = dueWeeks(schedule, { zone: ZONE, now: issue.issuedAt + 1 }).find(
            ({ week }) => week.id === issue.week,
          );
          const isSteady = scheduler.now() - world.recipientsChangedAt > STEADY_MS && due !== undefined;
          weekAccount.note(issue, due?.dueAt ?? 0, isSteady ? await world.store.reports.recipients() : []);
          return true;
        };
      },
    });
  }

  /** Over the network: slow, and the process may die before the message arrives, or before it hears that it did. */
  async #send(message: Message, { calls, life }: { calls: SlowCallParts; life: number }): Promise<DeliveryOutcome> {
    const { mail, trace } = this.#world;
    const hangs = mail.mood === 'hangs' ? drawInteger(this.#random, 1, HANG_MS) : 0;
    const slow = {
      ...calls,
      callMs: Math.max(calls.callMs, drawBetween(this.#random, 0, 300), hangs),
      failure: () => undefined,
    };
    return slowly(async () => {
      const outcome = mail.offer(message, life);
      trace.note(`${outcome.kind}: ${message.meaning} as ${message.delivery.slice(0, 20)}`);
      return outcome;
    }, slow);
  }
}

function meaningOf({ alert, event, recipient }: Notice): string {
  return `${event} of alert ${alert} to ${recipient.kind === 'email' ? recipient.address : recipient.webhook}`;
}
