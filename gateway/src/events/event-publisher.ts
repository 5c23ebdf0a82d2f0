import { type Cancel, type Clock, eventTopic } from '@hymio/protocol';
import type { Alert } from '../alerts/alert.js';
import type { AlertStore } from '../alerts/alert-store.js';
import type { Board } from '../board/board.js';
import type { BoardTerminal } from '../board/snapshot.js';
import type { EventLink } from '../link/gateway-link.js';
import { LogLimit } from '../link/log-limit.js';
import type { LiveEvent, LiveEvents } from '../live/live-events.js';
import { errorFields } from '../log/error-fields.js';
import type { Log } from '../log/log.js';
import type { Store } from '../store/store.js';
import { alertEvent, pressesEvent, terminalEvent } from './compose-events.js';
import { EventPlaces } from './event-places.js';
import { PressQueue } from './press-queue.js';

/** What has gathered is told so often, ms. */
const TELL_EVERY_MS = 1_000;
/** Turns of the event loop in which a broker takes what was announced before, if it is quick. */
const DRAIN_TURNS = 10;
/** Messages about presses, and about alerts, of one time. */
const MOST_MESSAGES = 200;
/** Alerts that wait to be told; those that changed first are left out where there are more. */
const MOST_ALERTS = 10_000;
/** How terminals are is looked at so often where something happened, and where nothing did (a silence sends nothing), ms. */
const LOOK_EVERY_MS = 2_000;
const LOOK_ANYWAY_MS = 15_000;
/** What of one kind cannot be read is logged at most so often, ms: it is tried every second. */
const LOG_INTERVAL_MS = 60_000;

type Kind = 'alerts' | 'presses' | 'terminals';

export interface EventPublisherParts {
  live: LiveEvents;
  board: Pick<Board, 'look'>;
  store: Pick<Store, 'registry'>;
  alerts: Pick<AlertStore, 'alert'>;
  link: EventLink;
  clock: Clock;
  log: Log;
  /** Lets what was announced go on its way before the next is; default: a turn of the event loop. */
  turn?: () => Promise<void>;
}

/**
 * Tells those who integrate the gateway what happened, after it was committed, on topics of their own. It works behind
 * ingest: presses gather in memory, within bounds, and are told once a second. What the broker does not take now is told
 * later; what is never told is counted.
 */
export class EventPublisher {
  readonly #parts: EventPublisherParts;
  readonly #presses = new PressQueue();
  readonly #alerts = new Set<number>();
  /** What was said last of each terminal: on which topic, and the terminal as it was. */
  readonly #said = new Map<string, { topic: string; terminal: BoardTerminal }>();
  /** Topics that the broker keeps from before. */
  readonly #kept = new Set<string>();
  readonly #complaints = new LogLimit(LOG_INTERVAL_MS);
  #state: 'closed' | 'telling' | 'counting' = 'closed';
  #unsubscribe: () => void = () => undefined;
  #cancel: Cancel = () => undefined;
  #telling: Promise<void> = Promise.resolve();
  #news = true;
  /** Alerts that were left out since that was last said. */
  #alertsLeftOut = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #places: EventPlaces | undefined;

  constructor(parts: EventPublisherParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#unsubscribe = this.#parts.live.subscribe((event) => this.#happened(event));
    this.#state = 'telling';
    this.#later();
  }

  /** Tells what can be told at once. What happens from now on is only counted, until `close`. */
  async stop(): Promise<void> {
    if (this.#state !== 'telling') return;
    this.#state = 'counting';
    this.#cancel();
    await this.#telling;
    await this.#tell(['alerts', 'presses']);
  }

  /** After the last commit: says in the log what was not told. */
  close(): void {
    this.#unsubscribe();
    this.#state = 'closed';
    const [presses, alerts] = [this.#presses.untold, this.#alerts.size + this.#alertsLeftOut];
    if (presses + alerts > 0)
      this.#parts.log.warn('events were not told', { code: 'events-not-told', presses, alerts });
  }

  /** The broker has been reached, anew perhaps: it may have forgotten what it kept. */
  arrived(): void {
    this.#said.clear();
    this.#lookedAt = Number.NEGATIVE_INFINITY;
  }

  /** The broker keeps something on this topic from before; who it speaks of may be elsewhere by now. */
  keeps(topic: string): void {
    this.#kept.add(topic);
  }

  #happened(event: LiveEvent): void {
    if (event.kind === 'press') this.#presses.add(event.press);
    else if (event.kind === 'alert') this.#addAlert(event.alert);
    if (event.kind !== 'board' && event.kind !== 'alert') this.#news = true;
  }

  /** What waits is ids; how an alert stands is read when it is told. */
  #addAlert(id: number): void {
    this.#alerts.delete(id);
    this.#alerts.add(id);
    const [oldest] = this.#alerts;
    if (this.#alerts.size <= MOST_ALERTS || oldest === undefined) return;
    this.#alerts.delete(oldest);
    this.#alertsLeftOut += 1;
  }

  #later(): void {
    this.#cancel = this.#parts.clock.after(TELL_EVERY_MS, () => {
      // Alerts first: they are few, and somebody waits for them.
      this.#telling = this.#tell(['alerts', 'presses', 'terminals']).finally(() => {
        if (this.#state === 'telling') this.#later();
      });
    });
  }

  /** Never rejects: what could not be read, or the broker did not take now, is told with the next time. */
  async #tell(kinds: readonly Kind[]): Promise<void> {
    if (!this.#parts.link.connected()) return;
    try {
      const places = await this.#readPlaces();
      for (const kind of kinds) if (!(await this.#tellKind(kind, places))) return;
    } catch (error) {
      this.#complain('registry', error);
    }
  }

  async #readPlaces(): Promise<EventPlaces> {
    const registry = await this.#parts.store.registry();
    if (this.#places?.registry !== registry) this.#places = new EventPlaces(registry);
    return this.#places;
  }

  /** False where the broker takes no more now: the rest waits. What fails holds up nothing of another kind. */
  async #tellKind(kind: Kind, places: EventPlaces): Promise<boolean> {
    try {
      if (kind === 'alerts') return await this.#tellAlerts(places);
      if (kind === 'presses') return await this.#tellPresses(places);
      await this.#tellTerminals(places);
      return true;
    } catch (error) {
      this.#complain(kind, error);
      return true;
    }
  }

  #complain(about: Kind | 'registry', error: unknown): void {
    if (!this.#complaints.allows(about, this.#parts.clock.monotonic())) return;
    this.#parts.log.warn('events could not be told; tried again', { about, ...errorFields(error) });
  }

  async #tellPresses(places: EventPlaces): Promise<boolean> {
    const portions = this.#presses.take(MOST_MESSAGES);
    let told = 0;
    try {
      for (const portion of portions) {
        const place = places.of(portion.servicePoint);
        if (!(await this.#announce(eventTopic('presses', place), pressesEvent(portion, place)))) return false;
        told += 1;
      }
      return true;
    } finally {
      if (told < portions.length) this.#presses.putBack(portions.slice(told));
    }
  }

  async #tellAlerts(places: EventPlaces): Promise<boolean> {
    if (this.#alertsLeftOut > 0) {
      this.#parts.log.warn('alerts were not told', { code: 'events-not-told', alerts: this.#alertsLeftOut });
      this.#alertsLeftOut = 0;
    }
    for (const id of [...this.#alerts].slice(0, MOST_MESSAGES)) {
      // Before it is read: a change that comes meanwhile is told as well.
      this.#alerts.delete(id);
      if (!(await this.#tellAlert(id, places))) return false;
    }
    return true;
  }

  /** An alert that cannot be read is tried again behind those that wait: it holds none of them up. */
  async #tellAlert(id: number, places: EventPlaces): Promise<boolean> {
    try {
      const detail = await this.#parts.alerts.alert(id);
      if (detail === undefined) return true;
      const place = places.of(placeOfAlert(detail.alert));
      const taken = await this.#announce(eventTopic('alerts', place), alertEvent(detail.alert, place));
      if (!taken) this.#alerts.add(id);
      return taken;
    } catch (error) {
      this.#alerts.add(id);
      this.#complain('alerts', error);
      return true;
    }
  }

  async #tellTerminals(places: EventPlaces): Promise<void> {
    const { clock, board } = this.#parts;
    const sinceLook = clock.monotonic() - this.#lookedAt;
    if (sinceLook < (this.#news ? LOOK_EVERY_MS : LOOK_ANYWAY_MS)) return;
    this.#news = false;
    this.#lookedAt = clock.monotonic();
    const { terminals, at } = await board.look().catch((error: unknown) => {
      this.#news = true;
      throw error;
    });
    const topics = new Set<string>();
    for (const terminal of terminals) {
      const place = places.of(terminal.record.assignment?.servicePoint);
      const { id, retiredAt } = terminal.record;
      if (retiredAt !== undefined) continue;
      const topic = eventTopic('terminals', place, id);
      topics.add(topic);
      const said = this.#said.get(id);
      if (said?.topic === topic && isSaidAgain(said.terminal, terminal)) {
        // Nobody holds on to how it was before.
        said.terminal = terminal;
        continue;
      }
      if (said !== undefined && said.topic !== topic) this.#kept.add(said.topic);
      if (!(await this.#announce(topic, terminalEvent(terminal, place, at), true))) {
        // Looked at again the next time, not when something has happened.
        this.#lookedAt = Number.NEGATIVE_INFINITY;
        return;
      }
      this.#said.set(id, { topic, terminal });
    }
    for (const [id, { topic }] of this.#said) {
      if (topics.has(topic)) continue;
      this.#kept.add(topic);
      this.#said.delete(id);
    }
    await this.#clear(topics);
  }

  /** Takes back what the broker keeps of who is elsewhere or gone. */
  async #clear(topics: ReadonlySet<string>): Promise<void> {
    for (const topic of this.#kept) {
      if (!topics.has(topic) && !(await this.#send(topic, '', true))) return;
      this.#kept.delete(topic);
    }
  }

  #announce(topic: string, message: unknown, retained = false): Promise<boolean> {
    return this.#send(topic, JSON.stringify(message), retained);
  }

  /** False, and nothing told, where the broker takes nothing now. */
  async #send(topic: string, payload: string, retained: boolean): Promise<boolean> {
    for (let turns = 0; turns < DRAIN_TURNS; turns++) {
      const taken = this.#parts.link.announce(topic, payload, retained);
      await this.#turn();
      if (taken) return true;
    }
    return false;
  }

  /** One at a time, so that a reader that takes nothing is noticed before the next goes to it. */
  #turn(): Promise<void> {
    return (this.#parts.turn ?? nextTurn)();
  }
}

/** Whether of a terminal at the same place nothing else would be said. The board keeps the object while nothing changes. */
function isSaidAgain(before: BoardTerminal, now: BoardTerminal): boolean {
  const essenceOf = (terminal: BoardTerminal) => JSON.stringify(terminalEvent(terminal, undefined, 0));
  return before === now || essenceOf(before) === essenceOf(now);
}

function placeOfAlert({ subject }: Alert): string | undefined {
  return subject.servicePoint;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
