import type { AlertsMessages } from '../messages.js';

const ONE = { minute: 'minut', hour: 'timme', day: 'dygn' } as const;
const MANY = { minute: 'minuter', hour: 'timmar', day: 'dygn' } as const;
const LAST = { minute: 'den senaste minuten', hour: 'den senaste timmen', day: 'det senaste dygnet' } as const;

export const alerts: AlertsMessages = {
  kinds: {
    'negative-share': 'Missnöjda svar',
    'index-below': 'Lågt Happy Index',
    'index-above': 'Högt Happy Index',
    'presses-below': 'Få svar',
    'presses-above': 'Många svar',
    'very-happy-streak': 'Mycket nöjda svar i rad',
    'terminal-state': 'En terminal behöver ses över',
    'suspect-presses': 'En terminal skickar omöjliga tryckningar',
  },
  span: (amount, unit, shown) => `${shown} ${amount === 1 ? ONE[unit] : MANY[unit]}`,
  within: (amount, unit, shown) => (amount === 1 ? `under ${LAST[unit]}` : `under de senaste ${shown} ${MANY[unit]}`),
  negative: (bad, shownBad, _n, shown, within) =>
    `${shownBad} av ${shown} svar ${within} var ${bad === 1 ? 'missnöjt eller mycket missnöjt' : 'missnöjda eller mycket missnöjda'}.`,
  indexBelow: (index, bound, _n, shown, within) =>
    `Happy Index för ${shown} svar ${within} var ${index}, alltså under ${bound}.`,
  indexAbove: (index, bound, _n, shown, within) =>
    `Happy Index för ${shown} svar ${within} var ${index}, alltså över ${bound}.`,
  pressesBelow: (n, shown, shownBound, within) =>
    `${n === 0 ? 'Inga svar' : `Bara ${shown} svar`} ${within}, fast regeln väntar sig minst ${shownBound}. Terminalerna fungerade.`,
  pressesAbove: (_n, shown, within) => `${shown} svar ${within}.`,
  streak: (_n, shown) => `${shown} mycket nöjda svar i rad.`,
  terminalState: (terminal, state, since) => `${terminal}: ${state}${since === undefined ? '' : ` sedan ${since}`}.`,
  suspects: {
    sent: (terminal, n, shown, within, reasons) =>
      n === 0
        ? `${terminal} skickade inga omöjliga tryckningar ${within}.`
        : `${terminal} skickade ${shown} ${n === 1 ? 'tryckning' : 'tryckningar'} ${within} som ingen panel kan skicka: ${reasons}.`,
    pace: (shown) => `${shown} snabbare än fyra knappar går att trycka`,
    ahead: (shown) => `${shown} med en klocka som går mer än ett dygn före`,
    todo: 'Sådana tryckningar räknas som andra svar. Kontrollera terminalen, dess klocka och vem som kan skicka i dess namn; lämna tryckningarna utanför för hand om ingen har tryckt.',
  },
  share: (share, range) => `Missnöjda eller mycket missnöjda: ${share} (95 % konfidensintervall ${range}).`,
  fewAnswers: 'Svaren är färre än 10: för få för en procentandel, och ett enda svar till kunde ändra bilden.',
  faults: (codes) => `Fel: ${codes}`,
  unassigned: 'inte vid något serviceställe',
  states: { open: 'Öppet', acknowledged: 'Kvitterat', closed: 'Avslutat' },
  closedBecause: {
    recovered: 'Läget gick över',
    'by-hand': 'Avslutades för hand',
    'rule-gone': 'Regeln gäller inte längre här',
  },
  mail: {
    subjectOpened: (title) => `Larm: ${title}`,
    subjectRecovered: (title) => `Över: ${title}`,
    subjectTest: 'Hymiö: ett test',
    test: (rule) => `Det här är ett test. Larm från regeln ”${rule}” når dig så här.`,
    openedAt: (moment) => `Larmet öppnades ${moment}.`,
    recoveredAt: (moment) => `Läget har varit över sedan ${moment}.`,
    acknowledgedBy: (by, moment) => `${by} kvitterade larmet ${moment}.`,
    closedAt: (moment) => `Larmet avslutades ${moment}.`,
    numbers: 'Svaren när larmet öppnades',
    openAlert: 'Se larmet',
    why: (rule) => `Du får det här eftersom din adress finns bland mottagarna för regeln ”${rule}”.`,
  },
};
