import type { ServicePointMessages } from '../messages.js';

export const servicePoint: ServicePointMessages = {
  asks: 'Kysymys:',
  alwaysOpen: 'Auki kaikkina tunteina',
  closedToday: 'Tänään kiinni',
  openToday: (spans) => `Tänään auki ${spans}`,
  inDays: (answers) => `${answers} viimeisten 7 päivän aikana`,
  alerts: 'Avoimet hälytykset',
  noTerminals: 'Täällä ei ole nyt yhtään päätettä.',
  todayByHour: 'Tänään tunneittain',
  nothingToday: 'Tänään ei ole vielä vastauksia.',
  lastDays: 'Viimeiset 7 päivää',
  day: 'Päivä',
  weeklyReport: 'Tämän palvelupisteen viikkoraportti',
  poster: 'Juliste viime kuun tuloksesta (PDF)',
};
