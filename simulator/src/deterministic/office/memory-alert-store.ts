import {
  type Alert,
  type AlertDecision,
  type AlertDetail,
  type AlertEntry,
  type AlertQuery,
  type AlertRule,
  type AlertScope,
  type AlertSettings,
  type AlertStore,
  laneOf,
  type NewNotice,
  type Notice,
  type NoticeState,
  type PressCellQuery,
  type PressCells,
  type Recipient,
  ruleKey,
  type StoredPress,
  type Streaks,
  scopeKey,
} from '@hymio/gateway';

interface Shelf {
  alert: Alert;
  entries: AlertEntry[];
}

/** Alerts, rules and notices in memory, as plainly as can be; outlives the process. */
export class MemoryAlertStore implements AlertStore {
  readonly #rules = new Map<string, AlertRule>();
  readonly #recipients = new Map<string, { scope: AlertScope; recipients: Recipient[] }>();
  readonly #alerts = new Map<number, Shelf>();
  readonly #notices: Notice[] = [];
  readonly #presses: readonly StoredPress[];
  readonly #onRecord: (decision: AlertDecision) => void;

  /** `presses`: all that are stored. `onRecord` hears of each decision before it takes effect. */
  constructor(presses: readonly StoredPress[], onRecord: (decision: AlertDecision) => void) {
    this.#presses = presses;
    this.#onRecord = onRecord;
  }

  async settings(): Promise<AlertSettings> {
    return structuredClone({ rules: [...this.#rules.values()], recipients: [...this.#recipients.values()] });
  }

  async saveRule(rule: AlertRule): Promise<void> {
    this.#rules.set(ruleKey(rule), structuredClone(rule));
  }

  async removeRule(rule: Pick<AlertRule, 'scope' | 'name'>): Promise<void> {
    this.#rules.delete(ruleKey(rule));
  }

  async saveRecipients(scope: AlertScope, recipients: readonly Recipient[]): Promise<void> {
    this.#recipients.set(scopeKey(scope), structuredClone({ scope, recipients: [...recipients] }));
  }

  async record(decision: AlertDecision): Promise<void> {
    this.#onRecord(decision);
    const { alert, entry, notices } = structuredClone(decision);
    const entries = this.#alerts.get(alert.id)?.entries ?? [];
    this.#alerts.set(alert.id, { alert, entries: entry === undefined ? entries : [...entries, entry] });
    for (const notice of notices) this.#add(notice, alert.id);
  }

  async comment(alert: number, entry: AlertEntry): Promise<void> {
    this.#alerts.get(alert)?.entries.push(entry);
  }

  async unsettled(): Promise<Alert[]> {
    return this.#all().filter(({ settled }) => !settled);
  }

  async lastAlert(): Promise<number> {
    return Math.max(0, ...this.#alerts.keys());
  }

  async alerts({ limit }: AlertQuery): Promise<Alert[]> {
    return this.#all().reverse().slice(0, limit);
  }

  async alert(id: number): Promise<AlertDetail | undefined> {
    const held = this.#alerts.get(id);
    if (held === undefined) return undefined;
    return structuredClone({ ...held, notices: this.#notices.filter(({ alert }) => alert === id) });
  }

  async activeAlerts(): Promise<number> {
    return this.#all().filter(({ state }) => state.kind !== 'closed').length;
  }

  async addTestNotice(notice: NewNotice): Promise<number> {
    return this.#add(notice);
  }

  async waitingNotices(limit: number, exceptLanes: readonly string[] = []): Promise<Notice[]> {
    const dueAt = ({ state }: Notice): number => (state.kind === 'waiting' ? state.nextAt : 0);
    const waiting = this.#notices.filter(
      ({ state, recipient }) => state.kind === 'waiting' && !exceptLanes.includes(laneOf(recipient)),
    );
    return structuredClone(waiting.sort((a, b) => dueAt(a) - dueAt(b) || a.id - b.id).slice(0, limit));
  }

  async recordNotice(id: number, state: NoticeState): Promise<void> {
    const notice = this.#notices.find((each) => each.id === id);
    if (notice !== undefined) notice.state = structuredClone(state);
  }

  async notice(id: number): Promise<Notice | undefined> {
    return structuredClone(this.#notices.find((each) => each.id === id));
  }

  async troubledNotices(): Promise<Notice[]> {
    return structuredClone(this.#notices.filter(({ state }) => state.kind === 'given-up'));
  }

  async pressCells({ from, to, cellMs, lateMs, marksSince }: PressCellQuery): Promise<PressCells> {
    const cells = new Map<string, PressCells['cells'][number]>();
    for (const { servicePoint, countedAt, receivedAt, rating } of this.#counting(from, to)) {
      const cell = Math.floor(Math.min(countedAt, receivedAt) / cellMs);
      const key = `${servicePoint} ${cell}`;
      const row = cells.get(key) ?? [servicePoint ?? '', cell, 0, 0, 0, 0, 0];
      cells.set(key, row);
      if (Math.abs(receivedAt - countedAt) <= lateMs) row[rating + 2] = Number(row[rating + 2]) + 1;
      row[6] += 1;
    }
    return { cells: [...cells.values()].sort((a, b) => a[1] - b[1]), marks: this.#marks(marksSince) };
  }

  async streaks({ from, lateMs, marksSince }: Omit<PressCellQuery, 'to' | 'cellMs'>): Promise<Streaks> {
    const byPlace = new Map<string, { presses: number; lastAt: number }>();
    for (const { servicePoint = '', countedAt, receivedAt, rating } of this.#counting(from, Number.POSITIVE_INFINITY)) {
      if (Math.abs(receivedAt - countedAt) > lateMs) continue;
      const { presses, lastAt } = byPlace.get(servicePoint) ?? { presses: 0, lastAt: 0 };
      if (rating !== 3) byPlace.delete(servicePoint);
      else byPlace.set(servicePoint, { presses: presses + 1, lastAt: Math.max(lastAt, countedAt) });
    }
    const streaks = [...byPlace].map(([servicePoint, streak]) => ({ servicePoint, ...streak }));
    return { streaks, marks: this.#marks(marksSince) };
  }

  #counting(from: number, to: number): StoredPress[] {
    return this.#presses
      .filter(({ countedAt, repeat }) => !repeat && countedAt >= from && countedAt < to)
      .sort((a, b) => a.countedAt - b.countedAt);
  }

  #marks(since: number): [string, number][] {
    const marks = new Map<string, number>();
    for (const { epoch, seq, receivedAt } of this.#presses) {
      if (receivedAt >= since) marks.set(epoch, Math.max(seq, marks.get(epoch) ?? 0));
    }
    return [...marks];
  }

  #all(): Alert[] {
    return structuredClone([...this.#alerts.values()].map(({ alert }) => alert)).sort((a, b) => a.id - b.id);
  }

  #add({ event, recipient, delivery, createdAt, notBefore }: NewNotice, alert?: number): number {
    const id = this.#notices.length + 1;
    const state: NoticeState = { kind: 'waiting', nextAt: notBefore, attempts: 0, refusals: 0 };
    const of = alert === undefined ? {} : { alert };
    this.#notices.push({ id, ...of, event, recipient: structuredClone(recipient), delivery, createdAt, state });
    return id;
  }
}
