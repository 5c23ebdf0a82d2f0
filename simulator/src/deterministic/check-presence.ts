import { isWorking, type PresenceSpan } from '@hymio/gateway';
import type { StatusMessage } from '@hymio/protocol';
import type { World } from './world.js';

/** Two statuses this far apart, or two and a half heartbeats, tell of no outage between them, ms. */
const JOINED_MS = 150_000;
const JOINED_HEARTBEATS = 2.5;
/** Rounding of instants. */
const EXACT_MS = 2;

/** A status that told of its moment. */
interface Told {
  receivedAt: number;
  message: StatusMessage;
  /** How long it was under way, ms. */
  lateMs: number;
}

/** What the store says of when terminals worked, against when their firmware lived and what it told. */
export async function checkPresence(world: World): Promise<void> {
  const { gateway, plan, scheduler } = world;
  const spans = await gateway.store.presence(0, scheduler.now() + 1);
  for (const { id } of plan.terminals) {
    const own = spans.filter(({ terminal }) => terminal === id);
    const told = heard(world, id);
    checkOutages(world, id, own, told);
    checkFaulty(world, id, own, told);
    checkNewest(world, id, own, told);
  }
}

/** Without those that were retained or overtaken: they say nothing about now. */
function heard({ committed, lives }: World, id: string): Told[] {
  const told: Told[] = [];
  let newest: StatusMessage | undefined;
  for (const { receivedAt, retained, message } of committed.statuses(id)) {
    if (newest?.epoch === message.epoch && message.uptimeMs < newest.uptimeMs) continue;
    newest = message;
    const madeAt = (lives.of(message.epoch)?.from ?? receivedAt) + message.uptimeMs;
    if (!retained) told.push({ receivedAt, message, lateMs: receivedAt - madeAt });
  }
  return told;
}

/** While no firmware lived, longer than statuses are joined and were late, it is not said to have worked throughout. */
function checkOutages({ lives, verdict }: World, id: string, spans: readonly PresenceSpan[], told: Told[]): void {
  const lateMs = Math.max(0, ...told.map((each) => each.lateMs));
  const joinedMs = Math.max(
    JOINED_MS,
    ...told.map(({ message }) => JOINED_HEARTBEATS * (message.heartbeatIntervalMs ?? 0)),
  );
  for (const { from, to } of lives.outages(id)) {
    if (to - from - lateMs <= joinedMs + EXACT_MS) continue;
    const bridged = spans.find((span) => span.from < to - EXACT_MS && span.to >= to && span.from <= from + lateMs);
    verdict.check(bridged === undefined, 'worked-while-dead', () => `${id} from ${from} to ${to}`);
  }
}

/** From a fault that stops presses until the next good word, it is not said to have worked. */
function checkFaulty({ verdict }: World, id: string, spans: readonly PresenceSpan[], told: Told[]): void {
  told.forEach(({ receivedAt, message }, index) => {
    if (isWorking(message)) return;
    const next = told[index + 1]?.receivedAt ?? Number.POSITIVE_INFINITY;
    const over = spans.find((span) => span.from < next && span.to > receivedAt);
    verdict.check(over === undefined, 'worked-while-faulty', () => `${id} from ${receivedAt} to ${next}`);
  });
}

/** The firmware of the newest word is known to have worked since its start; where there was a fault, since its first good word. */
function checkNewest({ lives, verdict }: World, id: string, spans: readonly PresenceSpan[], told: Told[]): void {
  const newest = told.at(-1);
  if (newest === undefined) return;
  const own = told.filter(({ message }) => message.epoch === newest.message.epoch);
  const first = own[0] ?? newest;
  const faults = told.filter(({ message }) => !isWorking(message));
  if (faults.some(({ receivedAt }) => receivedAt >= first.receivedAt)) return;
  const startedAt = lives.of(newest.message.epoch)?.from ?? first.receivedAt;
  const from = faults.length > 0 ? first.receivedAt : Math.min(newest.receivedAt, startedAt + newest.lateMs);
  const to = newest.receivedAt;
  const whole = spans.some((span) => span.from <= from + EXACT_MS && span.to >= to);
  verdict.check(whole, 'work-not-known', () => `${id} from ${from} to ${to}`);
}
