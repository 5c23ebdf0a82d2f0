/** Hears a message; `done` tells that it was taken. */
export type TopicListener<Message> = (message: Message, done: () => void) => void;

const SEPARATOR = '/';
const ONE_LEVEL = '+';
const ANY_LEVELS = '#';

/** A level of the filters that hold wildcards. */
interface Branch<Message> {
  below: Map<string, Branch<Message>>;
  listeners: Set<TopicListener<Message>>;
}

/**
 * Who hears which topic of the embedded broker, by filters of MQTT (3.1.1, 4.7). Filters without a wildcard, which are
 * nearly all of them, are found by one look into a map. Each message is handed on at once: one that waits for a slow
 * reader holds up no other, and its `done` holds up only who sent it.
 */
export class TopicListeners<Message extends { topic: string }> {
  /** Mostly one listener to a topic: a terminal to its own. */
  readonly #exact = new Map<string, TopicListener<Message> | Set<TopicListener<Message>>>();
  readonly #wild: Branch<Message> = branch();
  #closed = false;

  /** Adds a listener; `done` is called later. */
  on(filter: string, listener: TopicListener<Message>, done?: () => void): this {
    if (hasWildcard(filter)) this.#grow(filter).add(listener);
    else {
      const there = this.#exact.get(filter);
      if (there === undefined) this.#exact.set(filter, listener);
      else if (there instanceof Set) there.add(listener);
      else this.#exact.set(filter, new Set([there, listener]));
    }
    if (done !== undefined) setImmediate(done);
    return this;
  }

  /** Hears nothing any more from now on; `done` is called later. */
  removeListener(filter: string, listener: TopicListener<Message>, done?: () => void): this {
    if (hasWildcard(filter)) prune(this.#wild, filter.split(SEPARATOR), 0, listener);
    else {
      const there = this.#exact.get(filter);
      const last = there instanceof Set ? there.delete(listener) && there.size === 0 : there === listener;
      if (last) this.#exact.delete(filter);
    }
    if (done !== undefined) setImmediate(done);
    return this;
  }

  /** Tells all who hear its topic; `done` once all of them have taken it, or with an error where this is closed. */
  emit(message: Message, done: (error?: Error) => void = () => undefined): this {
    if (this.#closed) {
      done(new Error('the broker is closed'));
      return this;
    }
    const heard = this.#hearing(message.topic);
    if (heard.length === 0) {
      done();
      return this;
    }
    let left = heard.length;
    const taken = (): void => {
      left -= 1;
      if (left === 0) done();
    };
    for (const listener of heard) listener(message, taken);
    return this;
  }

  /** Nothing is told any more; `done` is called later. */
  close(done: () => void): this {
    this.#closed = true;
    setImmediate(done);
    return this;
  }

  #hearing(topic: string): TopicListener<Message>[] {
    const heard: TopicListener<Message>[] = [];
    const exact = this.#exact.get(topic);
    if (exact instanceof Set) heard.push(...exact);
    else if (exact !== undefined) heard.push(exact);
    collect(this.#wild, topic.split(SEPARATOR), 0, heard);
    return heard;
  }

  #grow(filter: string): Set<TopicListener<Message>> {
    let at = this.#wild;
    for (const level of filter.split(SEPARATOR)) {
      const next = at.below.get(level) ?? branch();
      at.below.set(level, next);
      at = next;
    }
    return at.listeners;
  }
}

/**
 * Whether a topic is meant by a filter. `+` is one level, `#` at the end all that follow and the one above; neither
 * stands for a first level that begins with `$` (MQTT 3.1.1, 4.7.2).
 */
export function topicMatches(filter: string, topic: string): boolean {
  if (!hasWildcard(filter)) return filter === topic;
  const levels = topic.split(SEPARATOR);
  const wanted = filter.split(SEPARATOR);
  if (isReserved(levels) && (wanted[0] === ONE_LEVEL || wanted[0] === ANY_LEVELS)) return false;
  const open = wanted.at(-1) === ANY_LEVELS;
  const fixed = open ? wanted.slice(0, -1) : wanted;
  if (open ? levels.length < fixed.length : levels.length !== fixed.length) return false;
  return fixed.every((level, index) => level === ONE_LEVEL || level === levels[index]);
}

/** Whether a filter means more than one topic. */
export function hasWildcard(filter: string): boolean {
  return filter.includes(ONE_LEVEL) || filter.includes(ANY_LEVELS);
}

function isReserved(levels: readonly string[]): boolean {
  return levels[0]?.startsWith('$') === true;
}

function branch<Message>(): Branch<Message> {
  return { below: new Map(), listeners: new Set() };
}

/** Adds to `heard` those whose filters mean the levels from the given one on. */
function collect<Message>(
  { below, listeners }: Branch<Message>,
  levels: readonly string[],
  from: number,
  heard: TopicListener<Message>[],
): void {
  const wild = from > 0 || !isReserved(levels);
  const rest = wild ? below.get(ANY_LEVELS) : undefined;
  if (rest !== undefined) heard.push(...rest.listeners);
  const level = levels[from];
  if (level === undefined) {
    heard.push(...listeners);
    return;
  }
  const exact = below.get(level);
  if (exact !== undefined) collect(exact, levels, from + 1, heard);
  const any = wild ? below.get(ONE_LEVEL) : undefined;
  if (any !== undefined) collect(any, levels, from + 1, heard);
}

/** Takes a listener away, and branches that nobody needs any more. */
function prune<Message>(
  at: Branch<Message>,
  levels: readonly string[],
  from: number,
  listener: TopicListener<Message>,
): void {
  const level = levels[from];
  if (level === undefined) {
    at.listeners.delete(listener);
    return;
  }
  const next = at.below.get(level);
  if (next === undefined) return;
  prune(next, levels, from + 1, listener);
  if (next.below.size === 0 && next.listeners.size === 0) at.below.delete(level);
}
