/** What can go wrong, each with a line for the reader of a failure. */
export const FAULTS = {
  'kill-firmware': 'the firmware is killed, at an event or between two effects of one',
  'crash-loop': 'the firmware dies again and again, each time after a press: more epochs than a status can list',
  'stop-firmware': 'the firmware is stopped in good order and started again',
  'power-cut': 'a terminal loses power and boots again, with another boot id',
  unplugged: 'a terminal has no network',
  'long-unplugged': 'a terminal has no network for longer than acknowledged presses are kept',
  'connection-lost': 'one connection breaks; what was under way arrives or not',
  'one-way-cut': 'nothing gets through in one direction',
  'broker-restart': 'the broker restarts, with or without its retained messages',
  'broker-mute': 'the broker accepts and never answers',
  'gateway-lost-broker': 'the connection of the gateway breaks',
  'gateway-kill': 'the gateway is killed: before or after a COMMIT, between two acks, or when idle',
  'gateway-stop': 'the gateway is stopped in good order and started again',
  'gateway-restore': 'the gateway is restored from an earlier backup',
  'store-full': 'no COMMIT succeeds',
  'store-stumbles': 'one COMMIT fails for a reason without a code',
  'disk-full': 'the disk of a terminal takes nothing more',
  'journal-destroyed': 'the journal of a terminal is gone',
  'journal-copied': 'an image of a card is taken',
  'journal-rolled-back': 'a terminal boots from an older image of its card',
  'journal-cloned': 'a second machine runs from an image of the card, under the same id',
  unreadable: 'a press in a journal cannot be read any more',
  'clock-step': 'someone sets a wall clock that is wrong anyway',
  rogue: 'someone sends malformed or impossible messages on the topics of terminals',
} as const;

export type FaultKind = keyof typeof FAULTS;

export const FAULT_KINDS = Object.keys(FAULTS) as FaultKind[];
