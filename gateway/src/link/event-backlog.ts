import { EVENTS_LEVEL, TOPIC_PREFIX } from '@hymio/protocol';
import type { AedesPublishPacket, Client } from 'aedes';

const PRESSES = `${TOPIC_PREFIX}/${EVENTS_LEVEL}/presses/`;
const ALERTS = `${TOPIC_PREFIX}/${EVENTS_LEVEL}/alerts/`;
/** Messages about alerts that wait for one reader; states of as many terminals as twice the largest fleet tried. */
const MOST_ALERTS = 1_000;
const MOST_STATES = 20_000;
/** What waits for all readers together, some 200 bytes each. */
const MOST_IN_ALL = 400_000;
/** Longer than the broker waits for one who reads nothing: what it keeps for a reader comes without such a pause. */
const KEPT_PAUSE_MS = 15_000;
/** What is told late is numbered apart: the broker takes what has a number of before for told already. */
const LATE_ID = 'told-late';

interface Reader {
  /** Those that wait, each topic with its newest message. */
  states: Map<string, AedesPublishPacket>;
  alerts: AedesPublishPacket[];
  /** `asked`: the broker asks about a message that waited, just now. */
  late: 'nothing' | 'on-its-way' | 'asked';
  /** States told or put by since the broker began to give what it keeps. */
  newer: Set<string>;
  /** When it last gave something that it keeps, monotonic ms. */
  keptAt: number;
}

/** `missed`: not told at all. `full`: it would be missed although it must not. */
export type Forwarding = 'now' | 'later' | 'missed' | 'full';

/**
 * What readers of events were too slow to take when it was told: it is told as soon as they take more, of each terminal
 * only its newest state, each message about an alert in its order. Messages about presses are missed.
 */
export class EventBacklog {
  readonly #readers = new WeakMap<Client, Reader>();
  #waiting = 0;
  /** Messages that were told late. */
  #told = 0;

  /** What becomes of an event that the broker is about to hand to a reader. `now`: monotonic, ms. */
  forward(client: Client, packet: AedesPublishPacket, now: number): Forwarding {
    const { topic } = packet;
    const reader = this.#readers.get(client);
    if (reader?.late === 'asked') return 'now';
    const slow = client.conn.writableNeedDrain;
    if (topic.startsWith(PRESSES)) return slow ? 'missed' : 'now';
    if (packet.retain) return this.#keeps(client, topic, now);
    if (reader !== undefined) noteNewer(reader, topic, now);
    const isAlert = topic.startsWith(ALERTS);
    const waits = isAlert ? (reader?.alerts.length ?? 0) > 0 : reader?.states.has(topic) === true;
    return slow || waits ? this.#putBy(client, packet, isAlert) : 'now';
  }

  /** A message that the broker keeps was read some time before it is handed out: what was told since then is newer. */
  #keeps(client: Client, topic: string, now: number): Forwarding {
    const reader = this.#reader(client);
    reader.keptAt = now;
    return reader.newer.has(topic) || reader.states.has(topic) ? 'missed' : 'now';
  }

  #putBy(client: Client, packet: AedesPublishPacket, isAlert: boolean): Forwarding {
    const reader = this.#reader(client);
    const { states, alerts } = reader;
    if (isAlert || !states.has(packet.topic)) {
      const room = isAlert ? alerts.length < MOST_ALERTS : states.size < MOST_STATES;
      if (!room || this.#waiting >= MOST_IN_ALL) return 'full';
      this.#waiting += 1;
    }
    if (isAlert) alerts.push(packet);
    else states.set(packet.topic, packet);
    if (reader.late === 'nothing') this.#tellNext(client, reader);
    return 'later';
  }

  /** One after the other: the broker says so when a message has been taken. */
  #tellNext(client: Client, reader: Reader): void {
    if (client.closed) this.#forget(reader);
    const packet = takeNext(reader);
    reader.late = packet === undefined ? 'nothing' : 'asked';
    if (packet === undefined) return;
    this.#waiting -= 1;
    const { cmd, topic, payload, qos, retain, dup } = packet;
    const numbered = { brokerId: LATE_ID, brokerCounter: ++this.#told };
    const late: AedesPublishPacket = { cmd, topic, payload, qos, retain, dup, ...numbered };
    client.publish(late, () => this.#tellNext(client, reader));
    reader.late = 'on-its-way';
  }

  #forget({ states, alerts }: Reader): void {
    this.#waiting -= states.size + alerts.length;
    states.clear();
    alerts.length = 0;
  }

  #reader(client: Client): Reader {
    let reader = this.#readers.get(client);
    if (reader === undefined) {
      reader = { states: new Map(), alerts: [], late: 'nothing', newer: new Set(), keptAt: Number.NEGATIVE_INFINITY };
      this.#readers.set(client, reader);
    }
    return reader;
  }
}

/** Alerts first: somebody waits for them. */
function takeNext({ states, alerts }: Reader): AedesPublishPacket | undefined {
  const alert = alerts.shift();
  if (alert !== undefined) return alert;
  for (const [topic, state] of states) {
    states.delete(topic);
    return state;
  }
  return undefined;
}

function noteNewer({ newer, keptAt }: Reader, topic: string, now: number): void {
  if (now - keptAt < KEPT_PAUSE_MS) newer.add(topic);
  else newer.clear();
}
