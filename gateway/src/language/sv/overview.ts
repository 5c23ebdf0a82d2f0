import type { OverviewMessages } from '../messages.js';

export const overview: OverviewMessages = {
  title: 'Terminalerna nu',
  workingOf: (working, all, n) => `${working} av ${all} ${n === 1 ? 'terminal' : 'terminaler'} fungerar`,
  noTerminals: 'Ingen terminal har anmälts eller hörts av ännu. Starta en terminal eller importera en registerfil.',
  answersToday: (answers) => `${answers} i dag`,
  todaySoFar: 'Svar i dag',
  state: 'Läge',
  lastPress: 'Senaste tryckning',
  noPressYet: 'Ingen ännu',
  pending: 'Väntar på att skickas',
  pendingCount: (n, shown) => `${shown} ${n === 1 ? 'tryckning' : 'tryckningar'} väntar på att skickas`,
  lostPresses: (n, shown) => `${shown} ${n === 1 ? 'tryckning förlorad' : 'tryckningar förlorade'}`,
  missingPresses: (n, shown) => `${shown} ${n === 1 ? 'tryckning' : 'tryckningar'} saknas`,
  servicePointsToday: 'Serviceställena i dag',
  terminalsHeading: 'Terminaler',
  terminalsCaption: 'Terminalernas läge och dagens svar',
  repeats: 'Upprepade tryckningar',
  outsideServicePoints: 'Terminaler utan serviceställe',
  noServicePoints: 'Inget serviceställe har lagts upp ännu.',
};
