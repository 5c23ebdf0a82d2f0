import type { ReportMessages } from '../messages.js';
import { definitions } from './definitions.js';

const CHANGE = { more: 'fler', less: 'färre' } as const;
const presses = (n: number) => (n === 1 ? 'tryckning' : 'tryckningar');

export const report: ReportMessages = {
  week: (week, year) => `vecka ${week}, ${year}`,
  title: (week, year) => `Veckorapport, vecka ${week}, ${year}`,
  previousWeek: 'Föregående vecka',
  nextWeek: 'Nästa vecka',
  otherFormats: 'Samma rapport som',
  chooseScope: 'Rapporten gäller',
  show: 'Visa',
  notComplete: (moment) => `Veckan är inte slut: så här ser det ut ${moment}.`,
  result: 'Resultat',
  satisfiedSentence: (share, range, _n, answers) =>
    `${share} av ${answers} var nöjda (95 % konfidensintervall ${range}).`,
  fewSentence: (_n, answers) => `Bara ${answers}: för få för ett procenttal.`,
  changeSentence: (direction, points, shown, week) =>
    direction === 'same'
      ? `Lika många som vecka ${week}`
      : `${shown} ${points === 1 ? 'procentenhet' : 'procentenheter'} ${CHANGE[direction]} än vecka ${week}`,
  changeInterval: (low, high) => `95 % konfidensintervall ${low} till ${high}`,
  clear: 'en tydlig förändring',
  mayBeChance: 'kan vara slumpen',
  noComparison: (week) => `För få svar för en jämförelse med vecka ${week}.`,
  happyIndexSentence: (shown) => `Happy Index var ${shown}.`,
  answersCaption: 'Svar per smiley',
  answer: 'Svar',
  number: 'Antal',
  share: 'Andel',
  emptyTitle: 'Inga tryckningar den här veckan',
  emptyReasons: {
    'before-first-press': 'Terminalerna hade inte tagits i bruk ännu: den första tryckningen kom senare.',
    'no-terminals': 'Ingen terminal var i bruk här under veckan.',
    'no-opening-time': 'Det fanns inga öppettider under veckan.',
    'not-known-to-have-worked':
      'Det är inte känt att terminalerna skulle ha fungerat alls under veckan. Det går inte att säga om någon ville svara.',
    'open-but-quiet': 'Det var öppet och terminalerna fungerade, men ingen tryckte på en smiley.',
  },
  onlyRepeats: 'Veckan hade bara upprepade tryckningar.',
  onlyExcluded: 'Alla veckans tryckningar har lämnats utanför siffrorna.',
  hours: 'Efter klockslag',
  hoursCaption: 'Nöjda svar efter klockslag, under öppettiderna',
  hoursDiffer: (test) => `Hur nöjda de svarande är varierar med klockslaget (${test}).`,
  hoursAlike: (test) => `Ingen tydlig skillnad mellan klockslagen (${test}).`,
  hoursNoTest: 'Det finns för lite att jämföra mellan klockslagen.',
  hourTestDetails: (statistic, degreesOfFreedom, p) => `χ² = ${statistic}, df = ${degreesOfFreedom}, p ${p}`,
  better: (z) => `Bättre än de andra (z = ${z})`,
  worse: (z) => `Sämre än de andra (z = ${z})`,
  outsideOpeningHours: (_n, shown) => `${shown} svar utanför öppettiderna ingår inte i jämförelsen.`,
  comparison: 'Jämfört med de andra',
  servicePoints: 'Serviceställen',
  groups: 'Grupper',
  servicePointsCaption: 'Serviceställen efter andelen nöjda, små antal svar dragna mot medelvärdet',
  rank: 'Plats',
  change: 'Förändring',
  pointsShort: (points) => `${points} %-enh.`,
  reliability: 'Vad siffrorna bygger på',
  coverage: 'Täckning',
  coverageCaption: 'Andel av öppettiden då varje terminal med säkerhet fungerade',
  coverageSentence: (share) => `Terminalerna fungerade med säkerhet ${share} av öppettiden.`,
  noCoverage: 'Det fanns ingen öppettid då en terminal kunde ha fungerat.',
  opening: 'Öppet',
  working: 'Fungerade med säkerhet',
  notes: 'Utelämnat, osäkert och förlorat',
  repeats: (n, shown) => {
    if (n === 0) return 'Det fanns inga upprepade tryckningar.';
    return n === 1 ? 'En upprepad tryckning räknades inte.' : `${shown} upprepade tryckningar räknades inte.`;
  },
  excluded: (n, shown) => {
    if (n === 0) return 'Ingen tryckte under de tider som har lämnats utanför.';
    return n === 1 ? 'En tryckning lämnades utanför för hand.' : `${shown} tryckningar lämnades utanför för hand.`;
  },
  excludedBecause: (reason, place, from, to) => `${reason}: ${place}, ${from} – ${to}`,
  exclusionReasons: {
    cleaner: 'Städning',
    'installation-test': 'Installatörens test',
    vandalism: 'Skadegörelse',
    other: 'Annan orsak',
  },
  estimated: (n, shown) => {
    if (n === 0) return 'Tiden för alla svar är känd.';
    return n === 1 ? 'Tiden för ett svar är uppskattad.' : `Tiden för ${shown} svar är uppskattad.`;
  },
  lost: (n, shown) =>
    n === 0
      ? 'Inga tryckningar har antecknats som förlorade.'
      : `${shown} ${presses(n)} har antecknats som ${n === 1 ? 'förlorad' : 'förlorade'}.`,
  lostIn: (terminal, n, shown) => `${terminal}: ${shown} ${presses(n)}`,
  incidents: {
    'presses-missing': (missing, shown, terminal, moment) =>
      `${terminal}: ${shown} ${presses(missing)} saknas sedan ${moment}.`,
    'store-restored': (_missing, _shown, _terminal, moment) =>
      `Databasen återställdes från en säkerhetskopia (${moment}).`,
  },
  withdrawn: 'De kom fram till slut.',
  unassigned: 'Terminaler utan serviceställe',
  unassignedCaption: 'Svar från terminaler som inte hör till något serviceställe',
  definitions: 'Definitioner',
  definitionTexts: definitions,
};
