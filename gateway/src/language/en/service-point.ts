import type { ServicePointMessages } from '../messages.js';

export const servicePoint: ServicePointMessages = {
  asks: 'Question:',
  alwaysOpen: 'Open at all hours',
  closedToday: 'Closed today',
  openToday: (spans) => `Open today ${spans}`,
  inDays: (answers) => `${answers} in the last 7 days`,
  alerts: 'Open alerts',
  noTerminals: 'No terminal stands here now.',
  todayByHour: 'Today by hour',
  nothingToday: 'No answers yet today.',
  lastDays: 'The last 7 days',
  day: 'Day',
  weeklyReport: 'Weekly report of this service point',
  poster: 'Poster of last month’s result (PDF)',
};
