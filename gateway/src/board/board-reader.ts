import type { Span } from '../calendar/spans.js';
import type { LiveEvent } from '../live/live-events.js';
import type { Registry } from '../registry/registry.js';
import { stretchWithoutMoves } from '../registry/stretch-without-moves.js';
import { BUCKET_MS, type RollupCell, type Store } from '../store/store.js';
import type { TerminalBrief } from '../terminals/terminal-brief.js';
import { BriefKeeper } from './brief-keeper.js';
import { cellTerminal } from './day-cells.js';
import { firstAtOrAfter } from './first-at-or-after.js';
import { keepCells } from './keep-cells.js';
import { mergeByTerminal } from './merge-by-terminal.js';

/** All is read again so often, whatever was told, ms. */
const WHOLE_MS = 60_000;
/** Where so large a part of all terminals has changed, all of them are read at once. */
const MOST_CHANGED = 3 / 4;
/** So many terminals are read at once: what is read and not yet made small fits where garbage is collected at once. */
const SLICE = 500;

type BoardStore = Pick<Store, 'registry' | 'terminalBriefs' | 'rollups'>;

/** What is known of all terminals at one moment, and what was said today. Shared: not to be changed. */
export interface BoardRead {
  registry: Registry;
  /** By id. */
  records: readonly TerminalBrief[];
  /** Today's, by terminal and service point. */
  cells: readonly RollupCell[];
}

/** Which terminals something was told of since the last read began. */
type News = { kind: 'unknown' } | { kind: 'known'; terminals: Set<string> };

interface Last extends BoardRead {
  /** Of the day so far that presses were counted of: whole buckets. */
  day: Span;
  /** In it everybody stands where they stood then. */
  unmoved: Span;
  /** Monotonic, when everything was read, ms. */
  wholeAt: number;
}

/**
 * Reads what is known of all terminals, and of those that nothing was told of since the last read takes it from there: of
 * ten thousand some hundred say something in a moment, and to read all would keep a processor busy for ever.
 */
export class BoardReader {
  readonly #store: BoardStore;
  readonly #keeper = new BriefKeeper();
  #following = false;
  #news: News = { kind: 'unknown' };
  #last: Last | undefined;

  constructor(store: BoardStore) {
    this.#store = store;
  }

  /** From now on `note` is told everything, until `unfollow`; what happened before is not known. */
  follow(): void {
    this.#following = true;
    this.#news = { kind: 'unknown' };
  }

  unfollow(): void {
    this.#following = false;
    this.#news = { kind: 'unknown' };
  }

  /** The next read takes nothing from the one before. */
  forget(): void {
    this.#news = { kind: 'unknown' };
  }

  note(event: LiveEvent): void {
    if (event.kind === 'registry') this.#news = { kind: 'unknown' };
    if (this.#news.kind === 'unknown') return;
    if (event.kind === 'press') this.#news.terminals.add(event.press.terminal);
    if (event.kind === 'terminal') this.#news.terminals.add(event.terminal);
  }

  /**
   * One read at a time. `at`: UTC ms; `from`: start of its day, a multiple of BUCKET_MS; `now`: monotonic, ms. Errors:
   * those of the store.
   */
  async read(at: number, from: number, now: number): Promise<BoardRead> {
    // What is told from here on may be missing in what is read, and is read next time.
    const news = this.#news;
    this.#news = this.#following ? { kind: 'known', terminals: new Set() } : { kind: 'unknown' };
    try {
      const registry = await this.#store.registry();
      const day = { from, to: Math.ceil((at + 1) / BUCKET_MS) * BUCKET_MS };
      const last = this.#lastFor(registry, at, day, now);
      if (last === undefined || news.kind === 'unknown' || news.terminals.size > last.records.length * MOST_CHANGED) {
        const unmoved = stretchWithoutMoves(registry, at);
        this.#last = { ...(await this.#readWhole(registry, at, day)), registry, day, unmoved, wholeAt: now };
      } else {
        const { unmoved, wholeAt } = last;
        this.#last = { ...(await this.#readChanged(last, news.terminals, at)), registry, day, unmoved, wholeAt };
      }
      return this.#last;
    } catch (error) {
      this.#news = { kind: 'unknown' };
      throw error;
    }
  }

  /** What was read last, where time alone makes nothing of it otherwise. */
  #lastFor(registry: Registry, at: number, day: Span, now: number): Last | undefined {
    const last = this.#last;
    if (last === undefined || last.registry !== registry || now - last.wholeAt >= WHOLE_MS) return undefined;
    // A press may lie ahead, by a clock that is wrong or was: it counts once its bucket has begun.
    if (last.day.from !== day.from || last.day.to !== day.to) return undefined;
    return last.unmoved.from <= at && at < last.unmoved.to ? last : undefined;
  }

  /** A part after the other: all at once would be as much again, in this thread and in the one that reads. */
  async #readWhole(registry: Registry, at: number, day: Span): Promise<Omit<BoardRead, 'registry'>> {
    const records: TerminalBrief[] = [];
    const cells: RollupCell[] = [];
    for (let after: string | undefined = ''; after !== undefined; ) {
      const slice = await this.#store.terminalBriefs(at, { after, most: SLICE });
      const kept = slice.map((brief) => this.#keep(brief, registry));
      for (const record of kept) records.push(record);
      for (const cell of await this.#readCells(kept, day)) cells.push(cell);
      after = slice.length < SLICE ? undefined : slice.at(-1)?.id;
    }
    return { records, cells };
  }

  async #readChanged(last: Last, changed: ReadonlySet<string>, at: number): Promise<Omit<BoardRead, 'registry'>> {
    const terminals = [...changed].sort();
    const records: TerminalBrief[] = [];
    const cells: RollupCell[] = [];
    for (let start = 0; start === 0 || start < terminals.length; start += SLICE) {
      const slice = await this.#store.terminalBriefs(at, { only: terminals.slice(start, start + SLICE) });
      const kept = slice.map((brief) => this.#keep(brief, last.registry));
      for (const record of kept) records.push(record);
      for (const cell of await this.#readCells(kept, last.day)) cells.push(cell);
    }
    return {
      records: mergeByTerminal(last.records, records, ({ id }) => id, changed),
      cells: mergeByTerminal(last.cells, cells, cellTerminal, changed),
    };
  }

  /** The day's presses of those terminals, by terminal and service point. */
  async #readCells(records: readonly TerminalBrief[], { from, to }: Span): Promise<RollupCell[]> {
    if (records.length === 0) return [];
    const terminals = records.map(({ id }) => id);
    const cells = await this.#store.rollups({ from, to, step: 'whole', by: 'terminalAndServicePoint', terminals });
    return keepCells(cells, this.#last?.cells ?? [], records);
  }

  #keep(brief: TerminalBrief, registry: Registry): TerminalBrief {
    const held = this.#last?.records ?? [];
    const before = held[firstAtOrAfter(held, brief.id, ({ id }) => id)];
    return this.#keeper.keep(brief, before?.id === brief.id ? before : undefined, registry);
  }
}
