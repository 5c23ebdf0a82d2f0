import type { OverviewMessages } from '../messages.js';

export const overview: OverviewMessages = {
  title: 'Terminals now',
  workingOf: (working, all, n) => `${working} of ${all} ${n === 1 ? 'terminal' : 'terminals'} working`,
  noTerminals: 'No terminal has been announced or heard from yet. Start one, or import a registry file.',
  answersToday: (answers) => `${answers} today`,
  todaySoFar: 'Answers today',
  state: 'State',
  lastPress: 'Last press',
  noPressYet: 'None yet',
  pending: 'Waiting to be sent',
  pendingCount: (n, shown) => (n === 1 ? `${shown} press waiting to be sent` : `${shown} presses waiting to be sent`),
  lostPresses: (n, shown) => (n === 1 ? `${shown} press lost` : `${shown} presses lost`),
  missingPresses: (n, shown) => (n === 1 ? `${shown} press missing` : `${shown} presses missing`),
  servicePointsToday: 'Service points today',
  terminalsHeading: 'Terminals',
  terminalsCaption: 'Terminals: state and today’s answers',
  repeats: 'Repeat presses',
  outsideServicePoints: 'Terminals without a service point',
  noServicePoints: 'No service point has been set up yet.',
};
