import type { Journal, NewPress, Publication, Transport, TransportListener } from '@hymio/device';
import { type Arrival, MemoryStore, type Outcome, type Store } from '@hymio/gateway';
import type { AckMessage, PressesMessage } from '@hymio/protocol';
import type { Tampering } from '@hymio/simulator';
import { DECISIONS_FOUND_AS, PLANTED_DECISION_FAULTS } from './planted-decision-faults.js';
import { tamperedJournal } from './tampered-journal.js';

/** The first batch after a rewind goes without its first press, and says that it is held no more. */
class TransportThatSkips implements Transport {
  readonly #transport: Transport;
  #skip = false;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  start(listener: TransportListener): void {
    this.#transport.start({
      connected: () => listener.connected(),
      disconnected: () => listener.disconnected(),
      fault: (code, detail) => listener.fault(code, detail),
      message: (kind, payload) => {
        this.#skip ||= kind === 'ack' && Buffer.from(payload).includes('"rewind":true');
        listener.message(kind, payload);
      },
    });
  }

  publish({ kind, payload }: Publication): void {
    if (kind === 'presses' && this.#skip) {
      this.#skip = false;
      const { epoch, firstSeq, presses } = JSON.parse(payload) as PressesMessage;
      const next = firstSeq + 1;
      const shorter = { epoch, firstSeq: next, oldestSeq: next, presses: presses.slice(1) };
      this.#transport.publish({ kind, payload: JSON.stringify(shorter) });
      return;
    }
    this.#transport.publish({ kind, payload });
  }

  stop(): Promise<void> {
    return this.#transport.stop();
  }
}

const DAY_MS = 86_400_000;

/** Thanks for a press and writes it with the next one. */
function journalThatWritesLate(journal: Journal): Journal {
  let waiting: NewPress | undefined;
  return tamperedJournal(journal, {
    keep: (press) => {
      const before = waiting;
      waiting = press;
      const last = journal.spans().find((span) => span.epoch === journal.epoch)?.lastSeq ?? 0;
      return before === undefined ? last + 1 : journal.keep(before) + 1;
    },
  });
}

/** Takes any ack for one of everything that it holds. */
function journalThatTrusts(journal: Journal): Journal {
  return tamperedJournal(journal, {
    acknowledge: (epoch) => journal.acknowledge(epoch, Number.MAX_SAFE_INTEGER),
  });
}

/** Deletes what is acknowledged at once. */
function journalThatForgets(journal: Journal): Journal {
  let day = 0;
  return tamperedJournal(journal, {
    acknowledge: (epoch, upTo) => {
      journal.acknowledge(epoch, upTo);
      day += 1;
      journal.noteAcknowledged(day * DAY_MS);
      journal.forget(Number.MAX_SAFE_INTEGER);
    },
  });
}

/** Counts the days that a press is kept from the press, not from its acknowledgement. */
function journalThatMiscounts(journal: Journal): Journal {
  let day = 0;
  return tamperedJournal(journal, {
    noteAcknowledged: () => {
      day += 1;
      journal.noteAcknowledged(day * DAY_MS);
    },
  });
}

/** A store whose marks do not outlive the process. */
function forgetfulStore(store: Store): Store {
  const marks = new MemoryStore();
  return Object.assign(Object.create(store) as Store, {
    commit: async (arrivals: readonly Arrival[]) => {
      await store.commit(arrivals);
      return marks.commit(arrivals);
    },
  });
}

/** Every seventh batch is answered, and not written. */
function storeThatSwallows(store: Store): Store {
  let batches = 0;
  return Object.assign(Object.create(store) as Store, {
    commit: async (arrivals: readonly Arrival[]) => {
      const outcomes: Outcome[] = [];
      for (const arrival of arrivals) {
        if (arrival.kind === 'presses') batches += 1;
        if (arrival.kind !== 'presses' || batches % 7 !== 0) outcomes.push(...(await store.commit([arrival])));
        else {
          const { epoch, firstSeq, presses } = arrival.message;
          outcomes.push({ acks: [{ epoch, upTo: firstSeq + presses.length - 1 }], presses: [], lost: [] });
        }
      }
      return outcomes;
    },
  });
}

/** Breaks nothing that can be seen from outside: a timer that nobody waits for. It is seen in the table of transitions. */
export const TIMER_LEFT_ARMED: Tampering = {
  stepUplink: (step) => (state, event, view) => {
    const after = step(state, event, view);
    return { ...after, effects: after.effects.filter(({ type }) => type !== 'disarm') };
  },
};

const sendsNothingAgain: Tampering['stepUplink'] = (step) => (state, event, view) =>
  event.type === 'timeout' ? { state, effects: [] } : step(state, event, view);

const takesRefusals: Tampering['stepUplink'] = (step) => (state, event, view) => {
  if (event.type !== 'ack' || event.ack.refused === undefined || state.phase.kind !== 'in-flight')
    return step(state, event, view);
  const { refused: _, firstSeq: __, count: ___, ...ack } = event.ack;
  const upTo = state.phase.firstSeq + state.phase.count - 1;
  return step(state, { type: 'ack', ack: { ...ack, upTo } }, view);
};

/** Broken parts, each with a mistake that someone could make. */
export const PLANTED_FAULTS = {
  'acknowledges before the commit': {
    ingest: (ingest, link) => ({
      receive: (terminal, topic, payload, retained) => {
        if (topic === 'presses') {
          try {
            const { epoch, firstSeq, presses } = JSON.parse(Buffer.from(payload).toString()) as PressesMessage;
            link.ack(terminal, JSON.stringify({ epoch, upTo: firstSeq + presses.length - 1 }));
          } catch (error) {
            if (!(error instanceof SyntaxError)) throw error;
          }
        }
        ingest.receive(terminal, topic, payload, retained);
      },
      stop: () => ingest.stop(),
    }),
  },
  'acknowledges one press too many': {
    link: (link) => ({
      ack: (terminal, payload) => {
        const ack = JSON.parse(payload) as AckMessage;
        link.ack(terminal, JSON.stringify({ ...ack, upTo: ack.upTo + 1 }));
      },
    }),
  },
  'never sends again what is not answered': { stepUplink: sendsNothingAgain },
  'takes a refusal for an acknowledgement': { stepUplink: takesRefusals },
  'answers a failed commit as if it had been one': { store: storeThatSwallows },
  'skips a press after a rewind': { transport: (transport) => new TransportThatSkips(transport) },
  'writes a press after its thanks': { journal: journalThatWritesLate },
  'takes any ack for all presses': { journal: journalThatTrusts },
  'deletes presses when they are acknowledged': { journal: journalThatForgets },
  'counts the days from the press': { journal: journalThatMiscounts },
  'numbers presses again after a restart': { epoch: (fresh, known) => known.at(-1) ?? fresh },
  'forgets the marks at a restart': { store: forgetfulStore },
  'never goes back when told to': {
    link: (link) => ({
      ack: (terminal, payload) => {
        if (!payload.includes('"rewind"')) link.ack(terminal, payload);
      },
    }),
  },
  'claims a certain time for an estimated one': {
    publication: ({ kind, payload }) => ({ kind, payload: payload.replaceAll('"estimated"', '"synced"') }),
  },
  'states too small an uncertainty': {
    publication: ({ kind, payload }) => ({
      kind,
      payload: payload.replaceAll(/"uncertaintyMs":\d+/g, '"uncertaintyMs":1000'),
    }),
  },
  'sends a batch in the wrong order': {
    publication: ({ kind, payload }) => {
      if (kind !== 'presses') return { kind, payload };
      const message = JSON.parse(payload) as PressesMessage;
      return { kind, payload: JSON.stringify({ ...message, presses: message.presses.reverse() }) };
    },
  },
  ...PLANTED_DECISION_FAULTS,
} satisfies Record<string, Tampering>;

export type PlantedFault = keyof typeof PLANTED_FAULTS;

/** By which broken promise each may be found. */
export const FOUND_AS: Record<PlantedFault, readonly string[]> = {
  'acknowledges before the commit': ['ack-above-mark'],
  'acknowledges one press too many': ['ack-above-mark'],
  'never sends again what is not answered': ['not-settled'],
  'takes a refusal for an acknowledgement': ['lost-though-held', 'not-settled'],
  'answers a failed commit as if it had been one': ['ack-above-mark'],
  'skips a press after a rewind': ['lost-though-held'],
  'writes a press after its thanks': ['kept-but-not-durable'],
  'takes any ack for all presses': ['not-settled', 'lost-though-held'],
  'deletes presses when they are acknowledged': ['vanished-from-journal'],
  'counts the days from the press': ['lost-though-forgotten'],
  'numbers presses again after a restart': ['identity-used-twice'],
  'forgets the marks at a restart': ['stored-twice'],
  'never goes back when told to': ['not-settled', 'lost-though-held'],
  'claims a certain time for an estimated one': ['claims-synced'],
  'states too small an uncertainty': ['wrong-time'],
  'sends a batch in the wrong order': ['wrong-rating', 'wrong-time'],
  ...DECISIONS_FOUND_AS,
};
