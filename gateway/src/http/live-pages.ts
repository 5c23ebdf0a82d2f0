import type { ServerResponse } from 'node:http';
import type { Cancel } from '@hymio/protocol';
import type { Board } from '../board/board.js';
import type { LiveEvent } from '../live/live-events.js';
import { errorFields } from '../log/error-fields.js';
import { regionVersion } from '../pages/live-region.js';
import type { ShownPage } from '../pages/page-view.js';
import type { HttpLog, ServedParts } from './http-parts.js';
import { SseConnections } from './sse-connections.js';

/** A page is made anew at most so often, ms. */
const MIN_INTERVAL_MS = 500;
/** Presses close together are shown together, ms. */
const GATHER_MS = 50;
/** What changes without an event, such as a silence that grows, is looked at so often, ms. */
const MAX_AGE_MS = 15_000;
/** Longest rest between two pages, ms. */
const MAX_REST_MS = 25;

/** Makes a page at this moment; what is in its regions is put into `regions`. */
export type ShowPage = (regions: Map<string, string>) => Promise<ShownPage>;

/** One page in one language with all who look at it: it is made once for all of them. */
interface Room {
  key: string;
  show: ShowPage;
  streams: Set<ServerResponse>;
  /** Who waits for the first page, with the versions of the regions that they have. */
  joining: Map<ServerResponse, ReadonlyMap<string, string>>;
  /** Version of each region as it was sent last. */
  versions: ReadonlyMap<string, string>;
  concerns: ShownPage['concerns'] | undefined;
  shownAt: number;
  timer: { cancel: Cancel; dueAt: number } | undefined;
  work: 'idle' | 'showing' | 'showing-again';
}

/** Keeps pages that are looked at up to date: only regions that changed are sent. Idle while nobody looks. */
export class LivePages {
  readonly #parts: Pick<ServedParts, 'clock' | 'events'> & { board: Board };
  readonly #log: HttpLog;
  readonly #connections: SseConnections;
  readonly #rooms = new Map<string, Room>();
  /** Rooms whose page is due; the first is being made. */
  readonly #queue: Room[] = [];
  #unsubscribe: (() => void) | undefined;

  constructor(parts: Pick<ServedParts, 'clock' | 'events' | 'log'> & { board: Board }) {
    this.#parts = parts;
    this.#log = parts.log;
    this.#connections = new SseConnections(parts.clock);
  }

  get isFull(): boolean {
    return this.#connections.isFull;
  }

  /** How many look at a page now. */
  get count(): number {
    return this.#connections.count;
  }

  /**
   * Keeps a page up to date in a response that has nothing in it yet. `key` names page and language; `seen`: version of
   * each region as the client has it.
   */
  add(
    response: ServerResponse,
    headers: Record<string, string>,
    wanted: { key: string; show: ShowPage; seen: ReadonlyMap<string, string> },
  ): void {
    this.#unsubscribe ??= this.#listen();
    const room = this.#rooms.get(wanted.key) ?? this.#newRoom(wanted.key, wanted.show);
    room.streams.add(response);
    room.joining.set(response, wanted.seen);
    this.#connections.add(response, headers, () => this.#left(room, response));
    this.#schedule(room, 0);
  }

  /** Ends every stream. */
  stop(): void {
    this.#connections.stop();
  }

  /** While somebody looks at a page the board is kept up to date, and tells by an event. */
  #listen(): () => void {
    const forgetEvents = this.#parts.events.subscribe((event) => this.#happened(event));
    const forgetBoard = this.#parts.board.subscribe(() => undefined);
    return () => {
      forgetEvents();
      forgetBoard();
    };
  }

  #newRoom(key: string, show: ShowPage): Room {
    const room: Room = {
      key,
      show,
      streams: new Set(),
      joining: new Map(),
      versions: new Map(),
      concerns: undefined,
      shownAt: Number.NEGATIVE_INFINITY,
      timer: undefined,
      work: 'idle',
    };
    this.#rooms.set(key, room);
    return room;
  }

  #left(room: Room, response: ServerResponse): void {
    room.streams.delete(response);
    room.joining.delete(response);
    if (room.streams.size > 0) return;
    room.timer?.cancel();
    this.#forget(room);
    if (this.#rooms.size > 0) return;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  /** Who comes from now on gets a room of their own. */
  #forget(room: Room): void {
    if (this.#rooms.get(room.key) === room) this.#rooms.delete(room.key);
  }

  #happened(event: LiveEvent): void {
    for (const room of this.#rooms.values()) {
      if (room.concerns === undefined || room.concerns(event)) this.#schedule(room, GATHER_MS);
    }
  }

  #schedule(room: Room, delayMs: number): void {
    if (room.work !== 'idle') {
      room.work = 'showing-again';
      return;
    }
    const { clock } = this.#parts;
    const now = clock.monotonic();
    const dueAt = Math.max(now + delayMs, room.shownAt + MIN_INTERVAL_MS);
    if (room.timer !== undefined && room.timer.dueAt <= dueAt) return;
    room.timer?.cancel();
    const cancel = clock.after(dueAt - now, () => {
      room.timer = undefined;
      room.work = 'showing';
      this.#queue.push(room);
      if (this.#queue.length === 1) void this.#work();
    });
    room.timer = { cancel, dueAt };
  }

  /** Makes one page after the other, and rests as long as each took: presses and requests come first. */
  async #work(): Promise<void> {
    for (let room = this.#queue[0]; room !== undefined; room = this.#queue[0]) {
      const begin = this.#parts.clock.monotonic();
      if (room.streams.size > 0) await this.#show(room);
      await this.#pause(Math.min(MAX_REST_MS, this.#parts.clock.monotonic() - begin));
      this.#queue.shift();
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.#parts.clock.after(ms, resolve));
  }

  async #show(room: Room): Promise<void> {
    const joining = [...room.joining];
    room.joining.clear();
    try {
      const regions = new Map<string, string>();
      room.concerns = (await room.show(regions)).concerns;
      this.#send(room, joining, regions);
    } catch (error) {
      // Nobody is told a half: they come back by themselves, and the page says what is wrong.
      this.#log.error({ page: room.key, ...errorFields(error) }, 'live page could not be made');
      this.#forget(room);
      for (const response of [...room.streams]) response.destroy();
      return;
    }
    const again = (room.work as Room['work']) === 'showing-again' || room.joining.size > 0;
    room.work = 'idle';
    room.shownAt = this.#parts.clock.monotonic();
    if (room.streams.size > 0) this.#schedule(room, again ? GATHER_MS : MAX_AGE_MS);
  }

  #send(
    room: Room,
    joining: readonly [ServerResponse, ReadonlyMap<string, string>][],
    regions: ReadonlyMap<string, string>,
  ): void {
    const before = room.versions;
    const versions = new Map([...regions].map(([id, html]) => [id, regionVersion(html)]));
    room.versions = versions;
    const seenBy = new Map(joining);
    for (const [id, html] of regions) {
      const version = versions.get(id);
      const changed = before.get(id) !== version;
      for (const response of room.streams) {
        if (room.joining.has(response)) continue;
        const seen = seenBy.get(response);
        const lacks = seen === undefined ? changed : seen.get(id) !== version;
        if (lacks) this.#connections.send(response, 'region', { id, version, html });
      }
    }
  }
}
