import type { ServicePointMessages } from '../messages.js';

export const servicePoint: ServicePointMessages = {
  asks: 'Fråga:',
  alwaysOpen: 'Öppet dygnet runt',
  closedToday: 'Stängt i dag',
  openToday: (spans) => `Öppet i dag ${spans}`,
  inDays: (answers) => `${answers} de senaste 7 dagarna`,
  alerts: 'Öppna larm',
  noTerminals: 'Ingen terminal står här nu.',
  todayByHour: 'I dag per timme',
  nothingToday: 'Inga svar ännu i dag.',
  lastDays: 'De senaste 7 dagarna',
  day: 'Dag',
  weeklyReport: 'Serviceställets veckorapport',
  poster: 'Affisch med förra månadens resultat (PDF)',
};
