import { availabilitySchema } from '../availability.js';
import { answerMessageSchema } from '../command-message.js';
import { pressesMessageSchema } from '../presses-message.js';
import { statusMessageSchema } from '../status-message.js';
import type { WireMessage } from './wire-message.js';

const epoch = '0f8fad5b-d9cb-469f-a165-70867728950e';
const earlierEpoch = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

const presses: WireMessage = {
  kind: 'presses',
  from: 'terminal',
  retained: false,
  contentType: 'application/json',
  schema: pressesMessageSchema,
  title: 'Presses',
  summary: 'A batch of 1 to 500 consecutive presses of one epoch; entry i has seq firstSeq + i.',
  description: [
    'One batch is in flight at a time, the oldest unacknowledged press first, older epochs before newer; the next follows the ack.',
    'Without an ack the batch is sent again, with full-jitter exponential backoff from 1 s to 5 min.',
    '`oldestSeq` is never greater than `firstSeq`.',
    '`null` stands for a press that the terminal can no longer read: the gateway records it as lost.',
    '',
    'The gateway expects the seq after its mark. It skips what is below, commits the rest in order and then acks.',
    'Where `firstSeq` lies beyond what it expects, it acks its mark with `rewind` if `oldestSeq` says that the terminal',
    'still holds the missing presses; otherwise it records them as lost and goes on from `oldestSeq`.',
    'An `oldestSeq` more than 1,000,000 beyond what it expects is refused.',
  ].join('\n'),
  examples: [
    {
      name: 'one-press',
      summary: 'The second press of an epoch, at 2026-11-20T12:14:37Z: happy.',
      payload: {
        epoch,
        firstSeq: 2,
        oldestSeq: 1,
        presses: [{ at: 1_795_176_877_000, rating: 2, clock: 'synced' }],
      },
    },
    {
      name: 'after-an-outage',
      summary:
        'Three presses: one with a corrected time, one that cannot be read any more, one with an estimated time.',
      payload: {
        epoch: earlierEpoch,
        firstSeq: 17,
        oldestSeq: 17,
        presses: [
          { at: 1_795_176_877_000, rating: 3, clock: 'corrected' },
          null,
          { at: 1_795_180_000_000, rating: 0, clock: 'estimated', uncertaintyMs: 900_000 },
        ],
      },
    },
  ],
};

const availability: WireMessage = {
  kind: 'availability',
  from: 'terminal',
  retained: true,
  contentType: 'text/plain',
  schema: availabilitySchema,
  title: 'Availability',
  summary: 'Whether the terminal is connected: said at every connect, and by its will when the connection breaks.',
  description: 'Plain text, not JSON. `offline` is the will of every terminal.',
  examples: [
    { name: 'connected', summary: 'Published after every connect.', payload: 'online' },
    { name: 'gone', summary: 'Published by the broker when the connection breaks.', payload: 'offline' },
  ],
};

const status: WireMessage = {
  kind: 'status',
  from: 'terminal',
  retained: true,
  contentType: 'application/json',
  schema: statusMessageSchema,
  title: 'Status',
  summary: 'The heartbeat: health of the terminal, and which presses it holds.',
  description: [
    'At every connect, once a minute, and when faults, clock state or config change (then at most every 5 s).',
    'Where it claims an epoch acknowledged beyond the mark of the gateway, the gateway answers with its mark and `rewind`:',
    'so a gateway restored from a backup gets what it has forgotten.',
    'The gateway remembers the highest `lastSeq` of each epoch; an epoch that later reports less, or disappears while',
    'presses are missing, is shown as an incident.',
  ].join('\n'),
  examples: [
    {
      name: 'healthy',
      summary: 'One epoch, everything acknowledged.',
      payload: {
        sentAt: 1_795_176_900_000,
        firmware: '0.1.0',
        epoch,
        epochs: [{ epoch, oldestSeq: 1, lastSeq: 2, ackedSeq: 2 }],
        pending: 0,
        lastPressAt: 1_795_176_877_000,
        clock: 'synced',
        uptimeMs: 86_400_000,
        faults: [],
        configVersion: '5f3a9c1e77b04d28',
        knownSettings: ['heartbeatIntervalMs', 'lockoutMs', 'thanks'],
        hardware: { model: 'Raspberry Pi 4 Model B', cpuTemperatureCelsius: 48.3, throttled: false },
      },
    },
    {
      name: 'after-a-reboot-offline',
      summary: 'The time was never synchronised in this boot; an earlier epoch waits to be delivered.',
      payload: {
        sentAt: 1_795_180_000_000,
        firmware: '0.1.0',
        epoch,
        epochs: [{ epoch: earlierEpoch, oldestSeq: 17, lastSeq: 19, ackedSeq: 16 }],
        pending: 3,
        oldestPendingAt: 1_795_176_877_000,
        lastPressAt: 1_795_180_000_000,
        clock: 'unsynced',
        uptimeMs: 61_000,
        faults: [{ code: 'press-set-aside', since: 1_795_179_000_000 }],
        hardware: {},
      },
    },
  ],
};

const answer: WireMessage = {
  kind: 'answer',
  from: 'terminal',
  retained: false,
  contentType: 'application/json',
  schema: answerMessageSchema,
  title: 'Answer',
  summary: 'What became of a command.',
  description: 'Sent once. A gateway that hears none within seconds says so; asking again is a new command.',
  examples: [
    {
      name: 'blinking',
      summary: 'The light blinks.',
      payload: { id: '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b', at: 1_795_176_900_120, outcome: 'done' },
    },
    {
      name: 'nobody-would-start-it-again',
      summary: 'It runs by hand, not as a service.',
      payload: {
        id: '6fa459ea-ee8a-4ca4-894e-db77e160355e',
        at: 1_795_176_900_120,
        outcome: 'refused',
        code: 'not-supervised',
      },
    },
  ],
};

/** What a terminal says. */
export const TERMINAL_MESSAGES: readonly WireMessage[] = [presses, availability, status, answer];
