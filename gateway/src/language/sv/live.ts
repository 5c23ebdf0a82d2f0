import type { LiveMessages } from '../messages.js';

export const live: LiveMessages = {
  asOf: (time) => `Läget kl. ${time}`,
  refresh: 'Uppdatera',
  on: 'Uppdateras av sig själv',
  off: 'Förbindelsen bröts, nytt försök görs',
};
