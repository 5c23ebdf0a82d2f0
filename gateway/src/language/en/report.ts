import type { ReportMessages } from '../messages.js';
import { definitions } from './definitions.js';

const CHANGE = { more: 'more', less: 'less' } as const;

export const report: ReportMessages = {
  week: (week, year) => `week ${week}, ${year}`,
  title: (week, year) => `Weekly report, week ${week}, ${year}`,
  previousWeek: 'Previous week',
  nextWeek: 'Next week',
  otherFormats: 'Same report as',
  chooseScope: 'Report on',
  show: 'Show',
  notComplete: (moment) => `The week is not over: this is how it stands on ${moment}.`,
  result: 'Result',
  satisfiedSentence: (share, range, shown) =>
    `${share} of the ${shown} who answered were satisfied (95% confidence interval ${range}).`,
  fewSentence: (_n, answers) => `Only ${answers}: too few for a percentage.`,
  changeSentence: (direction, points, shown, week) =>
    direction === 'same'
      ? `The same as in week ${week}`
      : `${shown} percentage ${points === 1 ? 'point' : 'points'} ${CHANGE[direction]} than in week ${week}`,
  changeInterval: (low, high) => `95% confidence interval ${low} to ${high}`,
  clear: 'a clear change',
  mayBeChance: 'may be chance',
  noComparison: (week) => `Too few answers to compare with week ${week}.`,
  happyIndexSentence: (shown) => `The Happy Index was ${shown}.`,
  question: (text) => `Question: “${text}”`,
  questions: (texts) => `Questions: ${texts}`,
  questionOf: (text, n, shown) => `“${text}” (${shown} ${n === 1 ? 'terminal' : 'terminals'})`,
  firstPress: (moment) => `The first press is of ${moment}.`,
  trend: 'The last 12 weeks',
  trendCaption: 'Satisfied share by week, in brackets the 95% confidence interval',
  numbersAsTable: 'The numbers as a table',
  weekColumn: 'Week',
  trendAlternative: ({ first, last, lowest, highest }) =>
    `Satisfied share from week ${first.week} to week ${last.week}: ${first.share} at first, ${last.share} at last; lowest at ${lowest.share} in week ${lowest.week}, highest at ${highest.share} in week ${highest.week}.`,
  yearAgo: (week, year, share, answers) =>
    `A year ago, in week ${week} of ${year}, ${share} were satisfied (${answers}).`,
  yearAgoFew: (week, year, n, answers) =>
    `A year ago, in week ${week} of ${year}, there ${n === 1 ? 'was' : 'were'} only ${answers}: too few for a comparison.`,
  yearAgoChange: (direction, points, shown) =>
    direction === 'same'
      ? 'Now it is the same'
      : `Now it is ${shown} percentage ${points === 1 ? 'point' : 'points'} ${CHANGE[direction]}`,
  notesTitle: 'Notes by staff',
  changedTitle: 'What we changed',
  daySpan: (first, last) => {
    if (last === undefined) return `from ${first}`;
    return last === first ? first : `${first} to ${last}`;
  },
  alertsTitle: 'Alerts of the week',
  alertCount: (n, shown) => {
    if (n === 0) return 'There were no alerts this week.';
    return n === 1 ? 'There was one alert this week.' : `There were ${shown} alerts this week.`;
  },
  alert: (moment, kind, place) => `${moment} – ${kind}, ${place}.`,
  alertEnded: (moment) => `The alert ended on ${moment}.`,
  alertLasts: 'The alert goes on.',
  alertsMore: (n, shown) => (n === 1 ? 'There was one more alert.' : `There were ${shown} more alerts.`),
  answersCaption: 'Answers by smiley',
  answer: 'Answer',
  number: 'Number',
  share: 'Share',
  emptyTitle: 'No presses this week',
  emptyReasons: {
    'before-first-press': 'The terminals had not been taken into use yet: the first press came later.',
    'no-terminals': 'No terminal stood here this week.',
    'no-opening-time': 'There were no opening hours this week.',
    'not-known-to-have-worked':
      'The terminals are not known to have worked at all this week. Whether anyone wanted to answer cannot be said.',
    'open-but-quiet': 'It was open and the terminals worked, but no one pressed a smiley.',
  },
  onlyRepeats: 'There were only repeat presses this week.',
  onlyExcluded: 'Everything pressed this week has been left out of the numbers.',
  hours: 'By hour of day',
  hoursCaption: 'Satisfied answers by hour of day, within opening hours',
  hoursDiffer: (test) => `Satisfaction differs by hour of day (${test}).`,
  hoursAlike: (test) => `No clear difference between the hours of the day (${test}).`,
  hoursNoTest: 'There is too little to compare between the hours of the day.',
  hoursWorse: (hours) => `Fewer than at other hours were satisfied at ${hours}.`,
  hoursBetter: (hours) => `More than at other hours were satisfied at ${hours}.`,
  heatMapCaption:
    'Satisfied share by day of the week and hour. Of fewer than 10 answers, how many of all were satisfied; closed times are empty.',
  weekday: 'Day',
  hourTestDetails: (statistic, degreesOfFreedom, p) => `χ² = ${statistic}, df = ${degreesOfFreedom}, p ${p}`,
  better: (z) => `Better than the rest (z = ${z})`,
  worse: (z) => `Worse than the rest (z = ${z})`,
  outsideOpeningHours: (n, shown) =>
    `${shown} ${n === 1 ? 'answer' : 'answers'} outside opening hours ${n === 1 ? 'is' : 'are'} not in this comparison.`,
  comparison: 'Compared with the rest',
  servicePoints: 'Service points',
  groups: 'Groups',
  servicePointsCaption: 'Service points in order of satisfaction, small numbers drawn towards the mean',
  servicePointsShown: (shown, all) =>
    `There are ${all} service points: shown are the ${shown} that are first or last in the ranking. All of them are in the Excel and CSV files.`,
  terminalsShown: (shown, all) =>
    `There are ${all} terminals: shown are the ${shown} that worked the least. All of them are in the Excel and CSV files.`,
  rank: 'Rank',
  rankIn: (week, rank) => `week ${week}:\u00a0${rank}`,
  best: (places) => `Ranked highest: ${places}.`,
  worst: (places) => `Ranked lowest: ${places}.`,
  change: 'Change',
  pointsShort: (points) => `${points} pp`,
  reliability: 'What the numbers rest on',
  coverage: 'Coverage',
  coverageCaption: 'Share of opening time in which each terminal is known to have worked',
  coverageSentence: (share) => `The terminals are known to have worked for ${share} of opening time.`,
  noCoverage: 'There was no opening time in which a terminal could have worked.',
  opening: 'Open',
  working: 'Known to have worked',
  downDays: 'Out of use',
  downDay: (day, duration) => `${day} (${duration})`,
  moved: (place, from, to, day) =>
    `${place} was moved from the group “${from}” to the group “${to}” on ${day}. Its numbers are wholly with its group of now.`,
  notes: 'Left out, uncertain or lost',
  repeats: (n, shown) =>
    n === 0 ? 'There were no repeat presses.' : `${shown} repeat ${n === 1 ? 'press was' : 'presses were'} left out.`,
  excluded: (n, shown) =>
    n === 0
      ? 'No press fell into the times that were left out.'
      : `${shown} ${n === 1 ? 'press was' : 'presses were'} left out by hand.`,
  excludedBecause: (reason, place, from, to) => `${reason}: ${place}, ${from} to ${to}`,
  exclusionReasons: {
    cleaner: 'Cleaning',
    'installation-test': 'Installer’s test',
    vandalism: 'Vandalism',
    other: 'Other reason',
  },
  estimated: (n, shown) =>
    n === 0
      ? 'The time of every answer is known.'
      : `The time of ${shown} ${n === 1 ? 'answer' : 'answers'} is estimated.`,
  suspects: {
    all: (n, shown) =>
      n === 1
        ? `${shown} press came that no panel can have sent: it may be nobody’s answer.`
        : `${shown} presses came that no panel can have sent: they may be nobody’s answers.`,
    pace: (terminal, shown) => `${terminal}: ${shown} faster than four buttons can be pressed`,
    ahead: (terminal, shown) => `${terminal}: ${shown} with a clock more than a day ahead`,
  },
  lost: (n, shown) =>
    n === 0
      ? 'No presses were recorded as lost.'
      : `${shown} ${n === 1 ? 'press was' : 'presses were'} recorded as lost.`,
  lostIn: (terminal, n, shown) => `${terminal}: ${shown} ${n === 1 ? 'press' : 'presses'}`,
  incidents: {
    'presses-missing': (missing, shown, terminal, moment) =>
      `${terminal}: ${shown} ${missing === 1 ? 'press' : 'presses'} missing since ${moment}.`,
    'store-restored': (_missing, _shown, _terminal, moment) => `The store was restored from a backup on ${moment}.`,
  },
  withdrawn: 'They arrived after all.',
  unassigned: 'Terminals without a service point',
  unassignedCaption: 'Answers of terminals that are not assigned to a service point',
  definitions: 'Definitions',
  definitionTexts: definitions,
};
