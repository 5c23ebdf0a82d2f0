import { SETTINGS_BOUNDS } from '../../terminal-settings/settings-bounds.js';
import type { TerminalSettingsMessages } from '../messages.js';

const [leastHeartbeat, mostHeartbeat] = SETTINGS_BOUNDS.heartbeatSeconds;
const [leastLockout, mostLockout] = SETTINGS_BOUNDS.lockoutMs;

export const terminalSettings: TerminalSettingsMessages = {
  listLead:
    'How terminals should behave. What is set for a group applies to everything below it, unless something nearer says otherwise.',
  place: 'For',
  desired: 'Set here',
  title: (of) => `Terminal settings: ${of}`,
  lead: 'Leave a field empty to take over what is set above. Terminals take new settings over within a minute, without a restart.',
  names: {
    heartbeatIntervalMs: 'Time between two status messages',
    lockoutMs: 'Button lockout',
    thanks: 'Thanks for an answer',
  },
  hints: {
    heartbeatIntervalMs: `Seconds, from ${leastHeartbeat} to ${mostHeartbeat}.`,
    lockoutMs: `Milliseconds, from ${leastLockout} to ${mostLockout}: changes of a button’s contact within this time are taken for bounce. Panels that debounce by themselves do not follow it.`,
    thanks: 'An answer that could not be kept is always shown by the light, where there is one.',
  },
  thanks: { 'light-and-beep': 'light and sound', light: 'light alone', beep: 'sound alone' },
  seconds: (n) => `${n} s`,
  milliseconds: (n) => `${n} ms`,
  asAbove: 'as set above',
  inherited: (value, from) => `Left empty: ${value} (${from}).`,
  inheritedNothing: 'Left empty: as the terminal itself is configured.',
  faults: {
    heartbeat: `Write a whole number from ${leastHeartbeat} to ${mostHeartbeat}.`,
    lockout: `Write a whole number from ${leastLockout} to ${mostLockout}.`,
  },
  settingsTitle: 'Settings',
  change: 'Change the settings of this terminal',
  state: 'State',
  states: {
    default: 'nothing is set: it follows its own configuration',
    pending: 'not taken over yet',
    applied: 'taken over',
    unknown: 'taken over, but its firmware does not say that it knows all of these settings',
    refused: 'refused by the terminal; the earlier settings apply',
  },
  reason: 'Why',
  desiredVersion: 'Version that should apply',
  nothingDesired: 'none',
  reportedVersion: 'Version that the terminal reports',
  nothingReported: 'none',
  commandsTitle: 'Ask the terminal',
  commandsHint: 'What was asked, and by whom, is written into the log of changes.',
  commands: { identify: 'Blink for 20 seconds', restart: 'Restart', 'send-diagnostics': 'Send diagnostics' },
  asked: 'The terminal has been asked. Its answer appears below.',
  runs: {
    waiting: 'waiting for an answer …',
    done: 'done.',
    refused: 'refused.',
    'no-answer': 'no answer within 10 seconds.',
    'not-sent': 'not sent: the gateway has no connection to the broker.',
  },
  refusals: {
    'unknown-command': 'Its firmware does not know this.',
    'no-light': 'It has no light.',
    'no-panel': 'Its button panel does not work at the moment.',
    'not-supervised': 'It was started by hand: nothing would start it again.',
    failed: 'It did not work.',
  },
  diagnostics: 'Diagnostics',
};
