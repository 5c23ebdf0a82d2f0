import type { LiveMessages } from '../messages.js';

export const live: LiveMessages = {
  asOf: (time) => `As of ${time}`,
  refresh: 'Refresh',
  on: 'Updates by itself',
  off: 'Live updates interrupted; trying again',
};
