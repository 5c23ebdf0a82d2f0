import type { LiveEvent } from '../live/live-events.js';
import type { Registry } from '../registry/registry.js';
import { BUCKET_MS, type RollupCell, type Store, type TerminalRecord } from '../store/store.js';
import { mergeByTerminal } from './merge-by-terminal.js';

/** What changes without a word of any terminal, such as who stands where, is read again so often, ms. */
const WHOLE_MS = 60_000;
/** Where so large a part of all terminals has changed, all of them are read at once. */
const MOST_CHANGED = 1 / 4;

/** What is known of all terminals at one moment, and what was said today. Shared: not to be changed. */
export interface BoardRead {
  registry: Registry;
  /** By id. */
  records: readonly TerminalRecord[];
  /** Today's, by terminal and service point. */
  cells: readonly RollupCell[];
}

/** Which terminals something was told of since the last read began. */
type News = { kind: 'unknown' } | { kind: 'known'; terminals: Set<string> };

interface Last extends BoardRead {
  /** Start of the day, UTC ms. */
  from: number;
  /** Monotonic, when everything was read, ms. */
  wholeAt: number;
}

/**
 * Reads what is known of all terminals, and of those that nothing was told of since the last read takes it from there: of
 * ten thousand some hundred say something in a moment, and to read all would keep a processor busy for ever.
 */
export class BoardReader {
  readonly #store: Pick<Store, 'registry' | 'terminals' | 'rollups'>;
  #following = false;
  #news: News = { kind: 'unknown' };
  #last: Last | undefined;

  constructor(store: Pick<Store, 'registry' | 'terminals' | 'rollups'>) {
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
      const last = this.#lastFor(registry, from, now);
      const read =
        last === undefined || news.kind === 'unknown' || news.terminals.size > last.records.length * MOST_CHANGED
          ? { ...(await this.#readStore(at, from)), wholeAt: now }
          : await this.#readChanged(last, [...news.terminals], at, from);
      this.#last = { ...read, registry, from };
      return this.#last;
    } catch (error) {
      this.#news = { kind: 'unknown' };
      throw error;
    }
  }

  #lastFor(registry: Registry, from: number, now: number): Last | undefined {
    const last = this.#last;
    if (last === undefined || last.registry !== registry || last.from !== from) return undefined;
    return now - last.wholeAt < WHOLE_MS ? last : undefined;
  }

  async #readChanged(
    last: Last,
    changed: readonly string[],
    at: number,
    from: number,
  ): Promise<Omit<Last, 'registry' | 'from'>> {
    const { records, cells } = await this.#readStore(at, from, changed);
    const known = new Set(changed);
    return {
      records: mergeByTerminal(last.records, records, ({ id }) => id, known),
      cells: mergeByTerminal(last.cells, cells, ({ terminal = '' }) => terminal, known),
      wholeAt: last.wholeAt,
    };
  }

  async #readStore(at: number, from: number, terminals?: readonly string[]): Promise<Omit<BoardRead, 'registry'>> {
    const to = Math.ceil((at + 1) / BUCKET_MS) * BUCKET_MS;
    const only = terminals === undefined ? {} : { terminals };
    const [records, cells] = await Promise.all([
      this.#store.terminals(at, terminals),
      this.#store.rollups({ from, to, step: 'whole', by: 'terminalAndServicePoint', ...only }),
    ]);
    return { records, cells };
  }
}
