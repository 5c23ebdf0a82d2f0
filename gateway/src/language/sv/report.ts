import type { ReportMessages } from '../messages.js';
import { definitions } from './definitions.js';

const CHANGE = { more: 'högre', less: 'lägre' } as const;
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
  satisfiedSentence: (share, range, shown) =>
    `${share} av de ${shown} som svarade var nöjda (95 % konfidensintervall ${range}).`,
  fewSentence: (_n, answers) => `Bara ${answers}: för få för ett procenttal.`,
  changeSentence: (direction, points, shown, week) =>
    direction === 'same'
      ? `Lika stor andel som vecka ${week}`
      : `${shown} ${points === 1 ? 'procentenhet' : 'procentenheter'} ${CHANGE[direction]} än vecka ${week}`,
  changeInterval: (low, high) => `95 % konfidensintervall ${low} till ${high}`,
  clear: 'en tydlig förändring',
  mayBeChance: 'kan vara slumpen',
  noComparison: (week) => `För få svar för en jämförelse med vecka ${week}.`,
  happyIndexSentence: (shown) => `Happy Index var ${shown}.`,
  question: (text) => `Fråga: ”${text}”`,
  questions: (texts) => `Frågor: ${texts}`,
  questionOf: (text, n, shown) => `”${text}” (${shown} ${n === 1 ? 'terminal' : 'terminaler'})`,
  firstPress: (moment) => `Den första tryckningen är från ${moment}.`,
  trend: 'De senaste 12 veckorna',
  trendCaption: 'Andelen nöjda per vecka, inom parentes 95 % konfidensintervall',
  numbersAsTable: 'Siffrorna som tabell',
  weekColumn: 'Vecka',
  trendAlternative: ({ first, last, lowest, highest }) =>
    `Andelen nöjda från vecka ${first.week} till vecka ${last.week}: först ${first.share}, till sist ${last.share}; lägst ${lowest.share} vecka ${lowest.week}, högst ${highest.share} vecka ${highest.week}.`,
  yearAgo: (week, year, share, answers) => `För ett år sedan, vecka ${week}, ${year}, var ${share} nöjda (${answers}).`,
  yearAgoFew: (week, year, _n, answers) =>
    `För ett år sedan, vecka ${week}, ${year}, kom bara ${answers}: för få för en jämförelse.`,
  yearAgoChange: (direction, points, shown) =>
    direction === 'same'
      ? 'Nu är andelen densamma'
      : `Nu är andelen ${shown} ${points === 1 ? 'procentenhet' : 'procentenheter'} ${CHANGE[direction]}`,
  notesTitle: 'Personalens anteckningar',
  changedTitle: 'Det här har vi ändrat',
  daySpan: (first, last) => {
    if (last === undefined) return `från ${first}`;
    return last === first ? first : `${first}–${last}`;
  },
  alertsTitle: 'Veckans larm',
  alertCount: (n, shown) => {
    if (n === 0) return 'Det kom inga larm under veckan.';
    return n === 1 ? 'Det kom ett larm under veckan.' : `Det kom ${shown} larm under veckan.`;
  },
  alert: (moment, kind, place) => `${moment} – ${kind}, ${place}.`,
  alertEnded: (moment) => `Larmet upphörde ${moment}.`,
  alertLasts: 'Larmet pågår.',
  alertsMore: (n, shown) => (n === 1 ? 'Dessutom kom ett larm till.' : `Dessutom kom ${shown} larm till.`),
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
  hoursWorse: (hours) => `Färre än under de andra timmarna var nöjda klockan ${hours}.`,
  hoursBetter: (hours) => `Fler än under de andra timmarna var nöjda klockan ${hours}.`,
  heatMapCaption:
    'Andelen nöjda per veckodag och timme. Vid färre än 10 svar står antalet nöjda av alla, stängda tider är tomma.',
  weekday: 'Dag',
  hourTestDetails: (statistic, degreesOfFreedom, p) => `χ² = ${statistic}, df = ${degreesOfFreedom}, p ${p}`,
  better: (z) => `Bättre än de andra (z = ${z})`,
  worse: (z) => `Sämre än de andra (z = ${z})`,
  outsideOpeningHours: (_n, shown) => `${shown} svar utanför öppettiderna ingår inte i jämförelsen.`,
  comparison: 'Jämfört med de andra',
  servicePoints: 'Serviceställen',
  groups: 'Grupper',
  servicePointsCaption: 'Serviceställen efter andelen nöjda, små antal svar dragna mot medelvärdet',
  servicePointsShown: (shown, all) =>
    `Det finns ${all} serviceställen: här visas de ${shown} som placerade sig bäst eller sämst. Alla finns i Excel- och CSV-filerna.`,
  terminalsShown: (shown, all) =>
    `Det finns ${all} terminaler: här visas de ${shown} som fungerade minst. Alla finns i Excel- och CSV-filerna.`,
  rank: 'Plats',
  rankIn: (week, rank) => `vecka ${week}:\u00a0${rank}`,
  best: (places) => `Bäst placerade sig ${places}.`,
  worst: (places) => `Sämst placerade sig ${places}.`,
  change: 'Förändring',
  pointsShort: (points) => `${points} %-enh.`,
  reliability: 'Vad siffrorna bygger på',
  coverage: 'Täckning',
  coverageCaption: 'Andel av öppettiden då varje terminal med säkerhet fungerade',
  coverageSentence: (share) => `Terminalerna fungerade med säkerhet ${share} av öppettiden.`,
  noCoverage: 'Det fanns ingen öppettid då en terminal kunde ha fungerat.',
  opening: 'Öppet',
  working: 'Fungerade med säkerhet',
  downDays: 'Ur bruk',
  downDay: (day, duration) => `${day} (${duration})`,
  moved: (place, from, to, day) =>
    `${place} flyttades ${day} från gruppen ”${from}” till gruppen ”${to}”. Siffrorna hör helt till den nuvarande gruppen.`,
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
  suspects: {
    all: (n, shown) =>
      n === 1
        ? 'Det kom en tryckning som ingen panel kan ha skickat: den är kanske ingens svar.'
        : `Det kom ${shown} tryckningar som ingen panel kan ha skickat: de är kanske ingens svar.`,
    pace: (terminal, shown) => `${terminal}: ${shown} snabbare än fyra knappar går att trycka`,
    ahead: (terminal, shown) => `${terminal}: ${shown} med en klocka som går mer än ett dygn före`,
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
