import { applyPresence, type PresenceState, type WorkedSpan } from '@hymio/gateway';
import type { StatusMessage } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';

const T = 1_795_000_000_000;
const S = 1_000;
const MINUTE = 60 * S;

interface Beat {
  /** After T. */
  at: number;
  uptimeMs: number;
  fault?: string;
  heartbeatIntervalMs?: number;
}
const status = ({ at, uptimeMs, fault, heartbeatIntervalMs }: Beat): StatusMessage => ({
  sentAt: T + at,
  firmware: '1',
  epoch: '00000000-0000-4000-8000-000000000001',
  epochs: [],
  pending: 0,
  clock: 'synced',
  uptimeMs,
  faults: fault === undefined ? [] : [{ code: fault, since: T }],
  hardware: {},
  ...(heartbeatIntervalMs === undefined ? {} : { heartbeatIntervalMs }),
});

/** Spans after a sequence of statuses, relative to T. */
function spansOf(beats: Beat[]): [number, number][] {
  let state: PresenceState = { floorAt: 0, faulty: false };
  let spans: WorkedSpan[] = [];
  for (const beat of beats) {
    const change = applyPresence(state, spans, status(beat), T + beat.at);
    state = change.state;
    spans = spans.filter((span) => !change.replaced.includes(span));
    if (change.span !== undefined) spans.push(change.span);
  }
  return spans.sort((a, b) => a.from - b.from).map(({ from, to }) => [from - T, to - T]);
}

describe('applyPresence', () => {
  it.each<{ name: string; beats: Beat[]; spans: [number, number][] }>([
    {
      name: 'a first status proves work since the process began',
      beats: [{ at: 0, uptimeMs: 5 * S }],
      spans: [[-5 * S, 0]],
    },
    {
      name: 'heartbeats extend',
      beats: [
        { at: 0, uptimeMs: 0 },
        { at: MINUTE, uptimeMs: MINUTE },
      ],
      spans: [[0, MINUTE]],
    },
    {
      name: 'a quick restart does not cut where heartbeats are rare either',
      beats: [
        { at: 0, uptimeMs: 0, heartbeatIntervalMs: 60 * MINUTE },
        { at: 150 * MINUTE, uptimeMs: 10 * S, heartbeatIntervalMs: 60 * MINUTE },
      ],
      spans: [[0, 150 * MINUTE]],
    },
    {
      name: 'more than two and a half rare heartbeats without a word, then a restart: cut',
      beats: [
        { at: 0, uptimeMs: 0, heartbeatIntervalMs: 60 * MINUTE },
        { at: 150 * MINUTE + 1, uptimeMs: 0, heartbeatIntervalMs: 60 * MINUTE },
      ],
      spans: [
        [0, 0],
        [150 * MINUTE + 1, 150 * MINUTE + 1],
      ],
    },
    {
      name: 'a quick restart does not cut',
      beats: [
        { at: 0, uptimeMs: 0 },
        { at: 150 * S, uptimeMs: 10 * S },
      ],
      spans: [[0, 150 * S]],
    },
    {
      name: 'a longer one does',
      beats: [
        { at: 0, uptimeMs: 0 },
        { at: 151 * S, uptimeMs: S },
      ],
      spans: [
        [0, 0],
        [150 * S, 151 * S],
      ],
    },
    {
      name: 'a terminal that was offline but alive has worked',
      beats: [
        { at: 0, uptimeMs: 0 },
        { at: 600 * MINUTE, uptimeMs: 600 * MINUTE },
      ],
      spans: [[0, 600 * MINUTE]],
    },
    {
      name: 'a fault that stops it begins no work and ends none before it',
      beats: [
        { at: 0, uptimeMs: 0 },
        { at: MINUTE, uptimeMs: MINUTE, fault: 'panel-disconnected' },
        { at: 2 * MINUTE, uptimeMs: 2 * MINUTE, fault: 'journal-full' },
      ],
      spans: [[0, 0]],
    },
    {
      name: 'uptime does not reach back over a fault',
      beats: [
        { at: 0, uptimeMs: 0 },
        { at: MINUTE, uptimeMs: MINUTE, fault: 'panel-disconnected' },
        { at: 2 * MINUTE, uptimeMs: 2 * MINUTE },
        { at: 3 * MINUTE, uptimeMs: 3 * MINUTE },
      ],
      spans: [
        [0, 0],
        [2 * MINUTE, 3 * MINUTE],
      ],
    },
    {
      name: 'a panel whose memory was full once goes on',
      beats: [{ at: 0, uptimeMs: S, fault: 'panel-memory-full' }],
      spans: [[-S, 0]],
    },
    {
      name: 'other faults do not matter',
      beats: [{ at: 0, uptimeMs: S, fault: 'button-stuck' }],
      spans: [[-S, 0]],
    },
  ])('$name', ({ beats, spans }) => {
    expect(spansOf(beats)).toEqual(spans);
  });
});

it('a fault keeps a terminal from having worked before it, also where the clock of the gateway was set back', () => {
  const message = status({ at: 0, uptimeMs: 60 * MINUTE, fault: 'panel-silent' });
  const floorAt = T + 60 * MINUTE;
  expect(applyPresence({ floorAt, faulty: false }, [], message, T)).toEqual({
    state: { floorAt, faulty: true },
    replaced: [],
  });
});
