import type { OverviewMessages } from '../messages.js';

export const overview: OverviewMessages = {
  title: 'Päätteet nyt',
  workingOf: (working, all, n) => (n === 1 ? `${working}/${all} pääte toimii` : `${working}/${all} päätettä toimii`),
  workingShort: (working, all) => `${working}/${all} toimii`,
  noTerminals: 'Yhtään päätettä ei ole vielä ilmoitettu eikä kuultu. Käynnistä pääte tai tuo rekisteritiedosto.',
  answersToday: (answers) => `${answers} tänään`,
  todaySoFar: 'Vastauksia tänään',
  state: 'Tila',
  lastPress: 'Viimeisin painallus',
  noPressYet: 'Ei vielä yhtään',
  pendingCount: (n, shown) =>
    n === 1 ? `${shown} painallus odottaa lähetystä` : `${shown} painallusta odottaa lähetystä`,
  lostPresses: (n, shown) => (n === 1 ? `${shown} painallus menetetty` : `${shown} painallusta menetetty`),
  missingPresses: (n, shown) => (n === 1 ? `${shown} painallus puuttuu` : `${shown} painallusta puuttuu`),
  urgentHeading: 'Vaatii toimia',
  nothingUrgent: 'Mikään ei juuri nyt vaadi toimia.',
  moreUrgent: (n, shown) =>
    n === 1 ? `Lisäksi ${shown} muu vaatii toimia: näytä kaikki` : `Lisäksi ${shown} muuta vaatii toimia: näytä kaikki`,
  needSomeone: (_n, shown) => `${shown} vaatii toimia`,
  placesHeading: 'Palvelupisteet tänään',
  placesCut: 'Kaikki paikat eivät mahdu tähän. Avaa ryhmä, niin näet sen alla olevat.',
  terminalsHeading: 'Päätteet',
  terminalsCaption: 'Päätteiden tila ja päivän vastaukset',
  allTerminals: 'Kaikki päätteet',
  unplaced: (n, shown) =>
    n === 1 ? `${shown} pääte on vailla palvelupistettä.` : `${shown} päätettä on vailla palvelupistettä.`,
  noServicePoints: 'Yhtään palvelupistettä ei ole vielä perustettu.',
  trail: 'Olet tässä',
  anyState: 'Mikä tahansa',
  search: 'Nimi tai tunnus',
  show: 'Näytä',
  found: (n, shown) => (n === 1 ? `${shown} pääte` : `${shown} päätettä`),
  pages: 'Sivut',
  previousPage: 'Edellinen sivu',
  nextPage: 'Seuraava sivu',
  pageOf: (page, pages) => `Sivu ${page}/${pages}`,
};
