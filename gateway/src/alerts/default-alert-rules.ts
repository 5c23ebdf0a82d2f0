import type { AlertRule } from './alert-rule.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const ORGANISATION = { kind: 'organisation' } as const;

/**
 * The rules of a gateway on which nobody has set any. A rule of the same name, at the organisation or nearer, takes the
 * place of one of these. They tell nobody until recipients are named. What may ring without anything being wrong is off.
 */
export const DEFAULT_ALERT_RULES: readonly AlertRule[] = [
  {
    scope: ORGANISATION,
    name: 'unhappy-now',
    condition: { kind: 'negative-share', share: 0.5, minPresses: 4, windowMs: 15 * MINUTE_MS },
    enabled: true,
    tellWhenOver: false,
  },
  {
    scope: ORGANISATION,
    name: 'unhappy-week',
    condition: { kind: 'negative-share', share: 0.5, minPresses: 10, windowMs: 7 * DAY_MS },
    enabled: true,
    tellWhenOver: false,
  },
  {
    scope: ORGANISATION,
    name: 'terminal-offline',
    condition: { kind: 'terminal-state', states: ['offline'], forMs: 15 * MINUTE_MS },
    enabled: true,
    tellWhenOver: true,
  },
  {
    scope: ORGANISATION,
    name: 'terminal-fault',
    condition: { kind: 'terminal-state', states: ['faulty', 'storage-problem'], forMs: 5 * MINUTE_MS },
    enabled: true,
    tellWhenOver: true,
  },
  {
    scope: ORGANISATION,
    name: 'suspect-presses',
    condition: { kind: 'suspect-presses', presses: 5, windowMs: 60 * MINUTE_MS },
    enabled: true,
    tellWhenOver: true,
  },
  {
    scope: ORGANISATION,
    name: 'too-few-presses',
    condition: { kind: 'presses-below', presses: 1, windowMs: DAY_MS },
    enabled: false,
    tellWhenOver: false,
  },
  {
    scope: ORGANISATION,
    name: 'very-happy-streak',
    condition: { kind: 'very-happy-streak', presses: 10 },
    enabled: false,
    tellWhenOver: false,
  },
];
