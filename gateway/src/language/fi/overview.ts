import type { OverviewMessages } from '../messages.js';

export const overview: OverviewMessages = {
  title: 'Päätteet nyt',
  workingOf: (working, all, n) => (n === 1 ? `${working}/${all} pääte toimii` : `${working}/${all} päätettä toimii`),
  noTerminals: 'Yhtään päätettä ei ole vielä ilmoitettu eikä kuultu. Käynnistä pääte tai tuo rekisteritiedosto.',
  answersToday: (answers) => `${answers} tänään`,
  todaySoFar: 'Vastauksia tänään',
  state: 'Tila',
  lastPress: 'Viimeisin painallus',
  noPressYet: 'Ei vielä yhtään',
  pending: 'Odottaa lähetystä',
  pendingCount: (n, shown) =>
    n === 1 ? `${shown} painallus odottaa lähetystä` : `${shown} painallusta odottaa lähetystä`,
  lostPresses: (n, shown) => (n === 1 ? `${shown} painallus menetetty` : `${shown} painallusta menetetty`),
  missingPresses: (n, shown) => (n === 1 ? `${shown} painallus puuttuu` : `${shown} painallusta puuttuu`),
  servicePointsToday: 'Palvelupisteet tänään',
  terminalsHeading: 'Päätteet',
  terminalsCaption: 'Päätteiden tila ja päivän vastaukset',
  repeats: 'Toistopainalluksia',
  outsideServicePoints: 'Päätteet ilman palvelupistettä',
  noServicePoints: 'Yhtään palvelupistettä ei ole vielä perustettu.',
};
