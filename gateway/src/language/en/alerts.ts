import type { AlertsMessages } from '../messages.js';

const UNITS = { minute: 'minute', hour: 'hour', day: 'day' } as const;
const answers = (n: number, shown: string) => (n === 1 ? `${shown} answer` : `${shown} answers`);

export const alerts: AlertsMessages = {
  kinds: {
    'negative-share': 'Unhappy answers',
    'index-below': 'Low Happy Index',
    'index-above': 'High Happy Index',
    'presses-below': 'Few answers',
    'presses-above': 'Many answers',
    'very-happy-streak': 'Very happy answers in a row',
    'terminal-state': 'Terminal needs attention',
    'suspect-presses': 'Terminal sends impossible presses',
  },
  span: (amount, unit, shown) => `${shown} ${UNITS[unit]}${amount === 1 ? '' : 's'}`,
  within: (amount, unit, shown) =>
    amount === 1 ? `in the last ${UNITS[unit]}` : `in the last ${shown} ${UNITS[unit]}s`,
  negative: (bad, shownBad, n, shown, within) =>
    `${shownBad} of ${answers(n, shown)} ${within} ${bad === 1 ? 'was' : 'were'} unhappy or very unhappy.`,
  indexBelow: (index, bound, n, shown, within) =>
    `The Happy Index of ${answers(n, shown)} ${within} was ${index}, below ${bound}.`,
  indexAbove: (index, bound, n, shown, within) =>
    `The Happy Index of ${answers(n, shown)} ${within} was ${index}, above ${bound}.`,
  pressesBelow: (n, shown, shownBound, within) =>
    `${n === 0 ? 'No answers' : answers(n, shown)} ${within}; the rule expects at least ${shownBound}. The terminals worked.`,
  pressesAbove: (n, shown, within) => `${answers(n, shown)} ${within}.`,
  streak: (_n, shown) => `${shown} very happy answers in a row.`,
  terminalState: (terminal, state, since) => `${terminal}: ${state}${since === undefined ? '' : ` since ${since}`}.`,
  suspects: {
    sent: (terminal, n, shown, within, reasons) =>
      n === 0
        ? `${terminal} sent no impossible presses ${within}.`
        : `${terminal} sent ${shown} ${n === 1 ? 'press' : 'presses'} ${within} that no panel can send: ${reasons}.`,
    pace: (shown) => `${shown} faster than four buttons can be pressed`,
    ahead: (shown) => `${shown} with a clock more than a day ahead`,
    todo: 'Such presses are counted like any other answers. Check the terminal, its clock and who can send in its name; leave the presses out by hand if nobody gave them.',
  },
  share: (share, range) => `Unhappy or very unhappy: ${share} (95% confidence interval ${range}).`,
  fewAnswers:
    'There are fewer than 10 answers: too few for a percentage, and one person more could change the picture.',
  faults: (codes) => `Faults: ${codes}`,
  unassigned: 'not at a service point',
  states: { open: 'Open', acknowledged: 'Acknowledged', closed: 'Closed' },
  closedBecause: {
    recovered: 'It is over',
    'by-hand': 'Closed by a person',
    'rule-gone': 'Its rule no longer applies here',
  },
  mail: {
    subjectOpened: (title) => `Alert: ${title}`,
    subjectRecovered: (title) => `Over: ${title}`,
    subjectTest: 'Hymiö: a test',
    test: (rule) => `This is a test. Alerts of the rule “${rule}” will reach you like this.`,
    openedAt: (moment) => `The alert was opened on ${moment}.`,
    recoveredAt: (moment) => `It has been over since ${moment}.`,
    acknowledgedBy: (by, moment) => `${by} acknowledged it on ${moment}.`,
    closedAt: (moment) => `It was closed on ${moment}.`,
    numbers: 'Answers when it was opened',
    openAlert: 'Look at the alert',
    why: (rule) => `You get this because your address is among the recipients of the rule “${rule}”.`,
  },
};
