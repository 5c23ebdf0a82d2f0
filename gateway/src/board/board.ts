import type { Cancel, Clock } from '@hymio/protocol';
import { startOfLocalDay } from '../calendar/instant.js';
import type { Span } from '../calendar/spans.js';
import type { LiveEvent, LiveEvents } from '../live/live-events.js';
import type { Registry } from '../registry/registry.js';
import { BUCKET_MS, type Store } from '../store/store.js';
import { openingContexts } from '../terminals/opening-contexts.js';
import type { Quietness } from '../terminals/quietness.js';
import type { TerminalBrief } from '../terminals/terminal-brief.js';
import { boardChange } from './board-change.js';
import { BoardReader } from './board-reader.js';
import type { Deafness } from './hearing.js';
import type { QuietWatch } from './quiet-watch.js';
import type { Snapshot } from './snapshot.js';
import { SnapshotMaker } from './snapshot-maker.js';

/** While much happens the store is read so often, ms. */
const REFRESH_MS = 300;
/** Nobody is shown anything older, ms. */
const STALE_MS = 700;
/** Opening hours are worked out again so often, ms. */
const OPENING_MS = 3_600_000;
/** What changes without an event, such as a silence, is looked for so often while somebody listens, ms. */
const RECHECK_MS = 15_000;
/** Whether terminals are improbably quiet is judged so often at most, ms. */
const QUIET_MS = 60_000;

export interface BoardParts {
  store: Pick<Store, 'registry' | 'terminalBriefs' | 'rollups'>;
  clock: Clock;
  /** IANA zone of days and opening hours. */
  zone: string;
  events: LiveEvents;
  /** When the gateway itself heard nobody; default: never. */
  deafness?: (() => Deafness) | undefined;
  /** Judges who is improbably quiet; default: nobody. */
  quiet?: Pick<QuietWatch, 'judge'> | undefined;
  /** Hears of reads that failed while nobody waited for them. */
  onError: (error: unknown) => void;
}

export type BoardListener = (snapshot: Snapshot) => void;

/** What is kept from one read to the next. */
interface Held {
  snapshot: Snapshot;
  /** Monotonic, when the read began. */
  readAt: number;
  openingAt: number;
}

/**
 * How things stand, read from the store once for all who ask. Asked often it answers at once with what is at most 700 ms
 * old, and reads anew meanwhile; a lone look reads anew, and so does the first after a change of the registry. While
 * somebody listens it also reads anew when something has happened, and then publishes `board`.
 */
export class Board {
  readonly #parts: BoardParts;
  readonly #reader: BoardReader;
  readonly #maker = new SnapshotMaker();
  readonly #listeners = new Set<BoardListener>();
  #held: Held | undefined;
  #reading: Promise<Held> | undefined;
  #unsubscribe: (() => void) | undefined;
  /** What happens is noted though nobody listens. */
  #lasting = false;
  #timer: { cancel: Cancel; dueAt: number } | undefined;
  /** Something has happened since the last read began, and somebody listens. */
  #news = false;
  #deafFrom: number | undefined;
  /** What listeners were told of last. */
  #told: Snapshot | undefined;
  #quiet: ReadonlyMap<string, Quietness> = new Map();
  #judgedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: BoardParts) {
    this.#parts = parts;
    this.#reader = new BoardReader(parts.store);
  }

  /** From now on it notes what happens, so that a look need not read everything though nobody listens. */
  start(): void {
    this.#lasting = true;
    this.#follow();
  }

  /** Nobody is told anything any more, and nothing is noted; a later `start` or `subscribe` begins anew. */
  stop(): void {
    this.#lasting = false;
    this.#listeners.clear();
    this.#rest();
  }

  /** How things stand. Errors: those of the store. */
  async look(): Promise<Snapshot> {
    const registry = await this.#parts.store.registry();
    const held = this.#held;
    if (held === undefined || held.snapshot.registry !== registry || this.#ageMs(held) > STALE_MS) {
      // One that is under way may have begun before the registry changed.
      if (held !== undefined && held.snapshot.registry !== registry) await this.#reading;
      return (await this.#read()).snapshot;
    }
    if (this.#ageMs(held) > REFRESH_MS && (this.#news || this.#listeners.size === 0)) this.#refresh();
    return held.snapshot;
  }

  /** The same, with nothing missing that was committed before the call. Costs a read, shared by all who wait for it. */
  async lookAfresh(): Promise<Snapshot> {
    // One that is under way may have begun before; whoever waits for it hears of its failure.
    await this.#reading?.catch(() => undefined);
    this.#reader.forget();
    return (await this.#read()).snapshot;
  }

  /** Hears of every read until the returned function is called. */
  subscribe(listener: BoardListener): () => void {
    const own: BoardListener = (snapshot) => listener(snapshot);
    this.#listeners.add(own);
    this.#follow();
    // What happened before is news to who begins to listen.
    this.#news = true;
    this.#refresh();
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) this.#rest();
    };
  }

  #follow(): void {
    if (this.#unsubscribe !== undefined) return;
    this.#reader.follow();
    this.#unsubscribe = this.#parts.events.subscribe((event) => this.#happened(event));
  }

  #rest(): void {
    if (!this.#lasting) {
      this.#unsubscribe?.();
      this.#unsubscribe = undefined;
      this.#reader.unfollow();
    }
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#news = false;
    this.#told = undefined;
  }

  #ageMs({ readAt, snapshot }: Held): number {
    const { clock } = this.#parts;
    // The wall clock may have been set since.
    return Math.max(clock.monotonic() - readAt, Math.abs(clock.now() - snapshot.at));
  }

  #happened(event: LiveEvent): void {
    if (event.kind === 'board' || event.kind === 'alert') return;
    this.#reader.note(event);
    if (this.#listeners.size === 0) return;
    this.#news = true;
    this.#schedule();
  }

  /** Sees to it that who listens is told, and that the store is not read too often for it. */
  #schedule(): void {
    if (this.#reading !== undefined || this.#listeners.size === 0) return;
    const { clock } = this.#parts;
    const now = clock.monotonic();
    const last = this.#held?.readAt ?? Number.NEGATIVE_INFINITY;
    const dueAt = this.#news ? Math.max(now, last + REFRESH_MS) : now + RECHECK_MS;
    if (this.#timer !== undefined && this.#timer.dueAt <= dueAt) return;
    this.#timer?.cancel();
    const cancel = clock.after(dueAt - now, () => {
      this.#timer = undefined;
      this.#refresh();
    });
    this.#timer = { cancel, dueAt };
  }

  #refresh(): void {
    this.#read().catch((error: unknown) => {
      this.#parts.onError(error);
      // Who looks at a page is to see that it cannot be made.
      if (this.#listeners.size > 0) this.#parts.events.publish({ kind: 'board', change: { kind: 'all' } });
    });
  }

  #read(): Promise<Held> {
    this.#reading ??= this.#readNow().finally(() => {
      this.#reading = undefined;
      this.#schedule();
    });
    return this.#reading;
  }

  async #readNow(): Promise<Held> {
    const { clock, zone, events } = this.#parts;
    const before = this.#held;
    const news = this.#news;
    this.#news = false;
    const at = clock.now();
    const readAt = clock.monotonic();
    const from = Math.floor(startOfLocalDay(at, zone) / BUCKET_MS) * BUCKET_MS;
    const { registry, records, cells } = await this.#reader.read(at, from, readAt);
    const opening = openingFor(registry, before, at, readAt, zone);
    const deaf = this.#deaf(records);
    const snapshot = this.#maker.make({
      at,
      registry,
      records,
      cells,
      deaf,
      ...opening,
      quiet: this.#quiet,
    });
    this.#held = { snapshot, readAt, openingAt: opening.openingAt };
    for (const listener of this.#listeners) listener(snapshot);
    if (news) {
      // Against what was told last, not what was read last: a read may have seen a change before it was news.
      const change = boardChange(this.#told, snapshot);
      this.#told = snapshot;
      events.publish({ kind: 'board', change });
    }
    this.#judgeQuiet(snapshot, readAt);
    return this.#held;
  }

  /** Nobody waits for it: what it finds is in the next snapshot. */
  #judgeQuiet(snapshot: Snapshot, now: number): void {
    const { quiet, onError } = this.#parts;
    if (quiet === undefined || now - this.#judgedAt < QUIET_MS) return;
    this.#judgedAt = now;
    quiet.judge(snapshot).then((found) => {
      const changed = found.size !== this.#quiet.size || [...found.keys()].some((id) => !this.#quiet.has(id));
      this.#quiet = found;
      if (!changed || this.#listeners.size === 0) return;
      this.#news = true;
      this.#schedule();
    }, onError);
  }

  /** Before the gateway started nobody was heard since the newest word of anybody, as the first read shows it. */
  #deaf(records: readonly TerminalBrief[]): Span | undefined {
    const deafness = this.#parts.deafness?.();
    if (deafness === undefined) return undefined;
    this.#deafFrom ??= records.reduce(
      (newest, { lastSeenAt = 0 }) => (lastSeenAt <= deafness.to ? Math.max(newest, lastSeenAt) : newest),
      0,
    );
    return { from: deafness.from ?? this.#deafFrom, to: deafness.to };
  }
}

/** Opening hours cost more than all else, and change with the registry and slowly with time. */
function openingFor(
  registry: Registry,
  before: Held | undefined,
  at: number,
  readAt: number,
  zone: string,
): { openingOf: Snapshot['openingOf']; openingAt: number } {
  const same = before?.snapshot.registry === registry && Math.abs(at - before.snapshot.at) < OPENING_MS;
  if (before !== undefined && same && readAt - before.openingAt < OPENING_MS) {
    return { openingOf: before.snapshot.openingOf, openingAt: before.openingAt };
  }
  return { openingOf: openingContexts(registry, at, zone), openingAt: readAt };
}
