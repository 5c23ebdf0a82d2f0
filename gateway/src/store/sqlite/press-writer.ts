import type { WirePress } from '@hymio/protocol';
import { applyBatch } from '../../ingest/apply-batch.js';
import { comparePresses, isRepeat, markRepeats, type PressKey } from '../../ingest/mark-repeats.js';
import { isPossibleTime } from '../../ingest/press-time.js';
import { suspectPress } from '../../ingest/suspect-press.js';
import type { BatchArrival, LostRange, Outcome, StoredPress } from '../store.js';
import type { EpochEntry } from './epoch-entry.js';
import { settleIncident } from './incident-rows.js';
import { newer } from './newer.js';
import { PressInsertion } from './press-insertion.js';
import type { HeldPress } from './press-rows.js';
import type { Tail, TerminalEntry } from './terminal-entry.js';
import { NO_SERVICE_POINT, type WriterContext } from './writer-context.js';

const NOWHERE: PressKey = { countedAt: -Infinity, epoch: '', seq: 0 };

/** A press whose time lies before one already stored: marked once the batch is in. */
interface LatePress {
  press: StoredPress;
  arrival: number;
  servicePoint: number;
}

/** Applies batches inside the transaction of the group commit. */
export class PressWriter {
  private readonly context: WriterContext;
  private readonly insertion: PressInsertion;
  private readonly addLost;

  constructor(context: WriterContext) {
    this.context = context;
    this.insertion = new PressInsertion(context.db);
    this.addLost = context.db.prepare(
      'INSERT INTO lost (terminal, epoch, from_seq, to_seq, recorded_at) VALUES (?, ?, ?, ?, ?)',
    );
  }

  apply({ terminal: id, receivedAt, message }: BatchArrival): Outcome {
    const { cache } = this.context;
    const known = cache.epoch(message.epoch);
    const decision = applyBatch(
      known === undefined ? { mark: 0 } : { mark: known.mark, owner: known.owner },
      id,
      message,
    );
    const terminal = cache.terminal(id, receivedAt);
    if (decision.refused !== undefined) {
      terminal.lastSeenAt = newer(terminal.lastSeenAt, receivedAt);
      cache.changedTerminal(terminal);
      return { acks: [decision.ack], presses: [], lost: [] };
    }
    const epoch = known ?? cache.addEpoch(terminal, message.epoch, receivedAt);
    const presses = this.store(terminal, epoch, { receivedAt, message }, decision.applyFrom);
    const lost = decision.lost.map((range): LostRange => {
      this.addLost.run(terminal.key, epoch.key, range.from, range.to, receivedAt);
      terminal.lostPresses += range.to - range.from + 1;
      cache.changedTerminal(terminal);
      return { terminal: id, epoch: epoch.id, ...range, recordedAt: receivedAt };
    });
    epoch.mark = decision.mark;
    cache.receive(terminal, epoch, receivedAt);
    settleIncident(this.context, terminal, epoch, receivedAt);
    return { acks: [decision.ack], presses, lost };
  }

  private store(
    terminal: TerminalEntry,
    epoch: EpochEntry,
    { receivedAt, message }: Pick<BatchArrival, 'receivedAt' | 'message'>,
    applyFrom: number,
  ): StoredPress[] {
    const presses: StoredPress[] = [];
    const late: LatePress[] = [];
    const firstArrival = this.context.nextArrival;
    const tail = this.tail(terminal);
    // Of the terminal: its current epoch carries it.
    const current = terminal.currentEpoch;
    if (current !== undefined && current !== epoch) {
      epoch.paceAt = current.paceAt;
      epoch.paceUntil = current.paceUntil;
    }
    for (let index = applyFrom; index < message.presses.length; index++) {
      const entry = message.presses[index];
      if (entry === undefined || entry === null) continue;
      const press = toStored(terminal.id, epoch.id, message.firstSeq + index, entry, receivedAt);
      const suspicion = suspectPress(epoch, entry, receivedAt);
      if (suspicion !== undefined) press.suspect = suspicion;
      const place = this.place(terminal, press.countedAt);
      if (place.servicePoint !== undefined) press.servicePoint = place.servicePoint;
      press.excluded = place.excluded;
      const arrival = this.context.nextArrival++;
      presses.push(press);
      if (press.countedAt < this.context.rawFrom) {
        // Its neighbours are gone: it is counted, and touches no other.
        this.insert(terminal, epoch, press, arrival, place.servicePointKey);
      } else if (comparePresses(press, tail) > 0) {
        press.repeat = isRepeat(press.countedAt, tail.lastCountedAt, place.windowMs);
        moveTo(tail, press);
        if (!press.repeat) tail.lastCountedAt = press.countedAt;
        this.insert(terminal, epoch, press, arrival, place.servicePointKey);
      } else {
        late.push({ press, arrival, servicePoint: place.servicePointKey });
      }
      if (epoch.lastPressAt === null || press.countedAt > epoch.lastPressAt) epoch.lastPressAt = press.countedAt;
    }
    terminal.tail = tail;
    // What is held near a late press is read from the table.
    this.insertion.flush();
    if (late.length > 0) {
      for (const { arrival, repeat } of this.storeLate(terminal, epoch, late)) {
        const press = presses[arrival - firstArrival];
        if (press !== undefined) press.repeat = !repeat;
      }
    }
    return presses;
  }

  private insert(
    terminal: TerminalEntry,
    epoch: EpochEntry,
    press: StoredPress,
    arrival: number,
    servicePoint: number,
  ): void {
    const { countedAt, rating, clock, repeat, excluded } = press;
    this.insertion.add(press, arrival, terminal.key, epoch.key, servicePoint);
    this.context.deltas.add(
      terminal.key,
      servicePoint,
      { countedAt, rating, repeat, estimated: clock === 'estimated', excluded },
      1,
    );
  }

  /** Returns the presses held before whose marks it flipped. */
  private storeLate(terminal: TerminalEntry, epoch: EpochEntry, late: LatePress[]): HeldPress[] {
    const { rows, deltas, places } = this.context;
    late.sort((a, b) => comparePresses(a.press, b.press));
    const marked = markRepeats(
      late.map(({ press }) => press),
      {
        held: (from, to) => this.held(terminal, from, to),
        windowAt: (countedAt) => this.place(terminal, countedAt).windowMs,
        maxWindowMs: places.maxWindowMs(terminal.id),
      },
    );
    for (const press of marked.flipped) {
      deltas.add(terminal.key, press.servicePoint, press, -1);
      deltas.add(terminal.key, press.servicePoint, { ...press, repeat: !press.repeat }, 1);
      rows.mark(press.arrival, { ...press, repeat: !press.repeat });
    }
    late.forEach(({ press, arrival, servicePoint }, index) => {
      press.repeat = marked.inserted[index] ?? false;
      this.insert(terminal, epoch, press, arrival, servicePoint);
    });
    this.insertion.flush();
    // The marks near the newest press may be others now.
    terminal.tail = undefined;
    return marked.flipped;
  }

  /** Presses that take part in the marking, the anchor of those pruned included. */
  private held(terminal: TerminalEntry, from: number, to: number): HeldPress[] {
    const { rows, rawFrom } = this.context;
    const held = rows.held(terminal.key, Math.max(from, rawFrom), to);
    const countedAt = terminal.anchorAt;
    if (countedAt < from || countedAt >= Math.min(to, rawFrom)) return held;
    const anchor = {
      arrival: 0,
      terminal: terminal.key,
      servicePoint: 0,
      rating: 0,
      estimated: false,
      excluded: false,
    };
    return [{ ...anchor, countedAt, epoch: '', seq: 0, repeat: false }, ...held];
  }

  private tail(terminal: TerminalEntry): Tail {
    const known = terminal.tail;
    if (known !== undefined) return known;
    const newestAt = terminal.newestPressAt ?? -Infinity;
    if (newestAt < this.context.rawFrom)
      return { countedAt: -Infinity, epoch: '', seq: 0, lastCountedAt: terminal.anchorAt };
    const held = this.held(terminal, newestAt - this.context.places.maxWindowMs(terminal.id), newestAt + 1);
    const lastCountedAt = held.findLast((press) => !press.repeat)?.countedAt ?? -Infinity;
    const { countedAt, epoch, seq } = held.at(-1) ?? NOWHERE;
    return { countedAt, epoch, seq, lastCountedAt };
  }

  /** The terminal itself, which says then where a press of that instant counts. */
  private place(terminal: TerminalEntry, countedAt: number): TerminalEntry {
    if (terminal.isPlacedAt(countedAt)) return terminal;
    const placement = this.context.places.placementAt(terminal.id, countedAt);
    const key =
      placement.servicePoint === undefined ? undefined : this.context.servicePointKeys.get(placement.servicePoint);
    terminal.place(placement, key ?? NO_SERVICE_POINT);
    return terminal;
  }
}

function moveTo(tail: Tail, { countedAt, epoch, seq }: PressKey): void {
  tail.countedAt = countedAt;
  tail.epoch = epoch;
  tail.seq = seq;
}

/** A press as it arrives, not yet marked. */
function toStored(terminal: string, epoch: string, seq: number, entry: WirePress, receivedAt: number): StoredPress {
  const { at, rating } = entry;
  const possible = isPossibleTime(at, receivedAt);
  const press: StoredPress = {
    terminal,
    epoch,
    seq,
    at,
    countedAt: possible ? at : receivedAt,
    rating,
    clock: possible ? entry.clock : 'estimated',
    receivedAt,
    repeat: false,
    excluded: false,
  };
  if (entry.clock === 'estimated') press.uncertaintyMs = entry.uncertaintyMs;
  return press;
}
