import { alertEventSchema, pressesEventSchema, terminalEventSchema } from '../event-messages.js';
import { EVENTS_LEVEL, type EventKind } from '../event-topic.js';
import { TOPIC_PREFIX } from '../topic.js';
import type { WireMessage } from './wire-message.js';

const epoch = '0f8fad5b-d9cb-469f-a165-70867728950e';
const place = { servicePoint: 'kallio', groups: ['health', 'clinics'] };
const WHERE =
  'groups of the service point from the root down and the service point itself, each a level of the topic; `-` for a terminal that stands nowhere';

const presses = event('presses', {
  kind: 'pressesEvent',
  retained: false,
  schema: pressesEventSchema,
  title: 'Presses of a service point',
  summary: 'What was pressed at a service point, told after the COMMIT.',
  description: [
    'At most one message a second for a service point, with at most 500 presses, and at most 200 messages a second in all:',
    'what a terminal delivers after weeks without a network comes over some seconds. Of a service point at most 2,000',
    'presses wait, 20,000 in all; those beyond are in the numbers and in `GET /api/v1/presses`, but here only as `omitted`.',
    'Told once and to who listens then. `terminal`, `epoch` and `seq` name a press: what comes twice is counted once.',
  ].join('\n'),
  examples: [
    {
      name: 'two-presses',
      summary: 'A very happy answer, and another button two seconds later: a repeat, which is not counted.',
      payload: {
        ...place,
        presses: [
          entry({ seq: 1, at: 1_795_176_877_000, rating: 3, repeat: false }),
          entry({ seq: 2, at: 1_795_176_879_000, rating: 2, repeat: true }),
        ],
        omitted: 0,
      },
    },
  ],
});

const terminals = event(
  'terminals',
  {
    kind: 'terminalEvent',
    retained: true,
    schema: terminalEventSchema,
    title: 'State of a terminal',
    summary: 'How a terminal is, whenever that changes.',
    description: [
      'Retained: who subscribes learns how every terminal is. An empty payload means that what was told on this topic holds',
      'no more: the terminal stands elsewhere now, or is gone.',
    ].join('\n'),
    examples: [
      {
        name: 'offline',
        summary: 'Nothing was heard of it for a while.',
        payload: {
          terminal: 'kallio-1',
          ...place,
          ...{ state: 'offline', since: 1_795_176_900_000, attention: 'soon', faults: [] },
          ...{ lostPresses: 0, missingPresses: 0, at: 1_795_177_100_000 },
        },
      },
    ],
  },
  '{terminal}',
);

const alerts = event('alerts', {
  kind: 'alertEvent',
  retained: false,
  schema: alertEventSchema,
  title: 'Alert',
  summary: 'An alert was opened, changed or closed.',
  description: 'Nobody is named; what was counted, and who has it in hand, is in `GET /api/v1/alerts`.',
  examples: [
    {
      name: 'opened',
      summary: 'Half of the answers of a quarter of an hour are unhappy.',
      payload: {
        ...{ alert: 17, rule: 'unhappy-now', condition: 'negative-share', terminal: null, ...place },
        ...{ state: 'open', openedAt: 1_795_176_900_000, closedAt: null, reopened: 0 },
      },
    },
  ],
});

/** What the gateway tells those who integrate it. */
export const EVENT_MESSAGES: readonly WireMessage[] = [presses, terminals, alerts];

function event(
  kind: EventKind,
  message: Omit<WireMessage, 'from' | 'contentType' | 'event'>,
  more?: '{terminal}',
): WireMessage {
  const address = [TOPIC_PREFIX, EVENTS_LEVEL, kind, '{place}', ...(more === undefined ? [] : [more])].join('/');
  return { ...message, from: 'gateway', contentType: 'application/json', event: { address, place: WHERE } };
}

function entry(press: { seq: number; at: number; rating: number; repeat: boolean }) {
  return {
    terminal: 'kallio-1',
    epoch,
    countedAt: press.at,
    clock: 'synced',
    excluded: false,
    suspect: null,
    ...press,
  };
}
