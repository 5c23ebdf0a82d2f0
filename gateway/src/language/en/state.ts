import type { StateMessages } from '../messages.js';
import { faults } from './faults.js';

export const state: StateMessages = {
  names: {
    retired: 'Out of use',
    'never-seen': 'Never seen',
    offline: 'Offline',
    'offline-closed': 'Offline, place closed',
    'storage-problem': 'Storage problem',
    faulty: 'Faulty',
    'clock-uncertain': 'Clock uncertain',
    'backlog-growing': 'Answers not getting through',
    'unusually-quiet': 'Unusually quiet',
    working: 'Working',
  },
  advice: {
    retired: '',
    'never-seen': 'Put the terminal in its place and switch it on. It shows up here within a minute.',
    offline:
      'Check that the terminal has power and that its network cable or Wi-Fi works. Answers given meanwhile are kept on it and arrive once it is back.',
    'offline-closed': 'Nothing now. If it is still offline a quarter of an hour after opening, this becomes an alarm.',
    'storage-problem': 'Tell IT support: the memory card or disk of the terminal needs attention.',
    faulty: 'See what to do about each fault.',
    'clock-uncertain':
      'Answers are counted, but perhaps at the wrong time. Tell IT support: the terminal cannot reach a time server, or its clock or the gateway’s is wrong.',
    'backlog-growing':
      'The terminal is connected, but its answers do not arrive. Tell IT support; switching it off and on again does no harm.',
    'unusually-quiet':
      'Go and look at the terminal: is the panel covered, turned away, moved, or unplugged from its box? Press a button: the thank-you light should go on.',
    working: '',
  },
  since: (moment) => `since ${moment}`,
  lastHeard: (moment) => `last heard of ${moment}`,
  opensAt: (moment) => `opens ${moment}`,
  lowDisk: (size) => `only ${size} of disk space left`,
  clockAhead: (duration) => `clock ${duration} ahead`,
  clockBehind: (duration) => `clock ${duration} behind`,
  clockUnset: 'clock not set since it started',
  stillSends: 'It still sends. Unplug it, or take it back into use.',
  quietSinceLastPress: (expected) => `no answer since the last one, where about ${expected} are usual`,
  quietToday: (seen, expected) => `${seen} today, where about ${expected} are usual by now`,
  faults,
  unknownFault: (code) => ({
    what: code,
    todo: 'This gateway does not know this fault. Tell IT support the code and the detail.',
  }),
  contradictions: {
    'heard-after-offline':
      'It was reported offline, but has been heard since: an older connection ended late. The newer word counts.',
    'no-heartbeat':
      'Answers arrive, but no status reports. What is said here about faults may be old. Tell IT support if it stays so.',
    'clock-disagrees': 'The terminal says that its clock is right, but it differs from the gateway’s.',
    'heard-after-retired': 'It was taken out of use, but still sends.',
  },
};
