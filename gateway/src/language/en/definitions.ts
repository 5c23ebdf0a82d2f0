import type { ReportMessages } from '../messages.js';

export const definitions: ReportMessages['definitionTexts'] = {
  answers: {
    term: 'Answers (n)',
    text: 'Presses of a smiley that are not repeat presses and have not been excluded.',
  },
  satisfied: {
    term: 'Satisfied',
    text: 'Happy and very happy answers of all answers. The confidence interval is Wilson’s at 95%: if everyone had answered, the share would probably lie within it.',
  },
  'happy-index': {
    term: 'Happy Index',
    text: '0 to 100: 100 if all answers are very happy, 0 if all are very unhappy. 100 × (3 × very happy + 2 × happy + 1 × unhappy) / (3 × answers).',
  },
  change: {
    term: 'Change',
    text: 'The satisfied share minus that of the week before, in percentage points, with Newcombe’s 95% interval. It is called clear only if the interval leaves out 0.',
  },
  trend: {
    term: 'The last 12 weeks',
    text: 'The satisfied share of each week with its confidence interval, this week last. A week with fewer than 10 answers is left blank.',
  },
  'year-ago': {
    term: 'A year ago',
    text: 'The week of the same number in the year before. The change and its confidence interval are computed as for the week before.',
  },
  hours: {
    term: 'Hours that stand out',
    text: 'Pearson’s chi-square test compares the satisfied share of all hours of the day within opening hours. An hour stands out if it differs from all others together (|z| > 1.96) and the test as a whole is below p = 0.05.',
  },
  'heat-map': {
    term: 'Days of the week and hours',
    text: 'The satisfied share in each hour of each day within opening hours. An hour with fewer than 10 answers shows counts: 2/3 means that two of three were satisfied. Single hours vary a good deal by chance.',
  },
  ranking: {
    term: 'Rank',
    text: 'By the satisfied share drawn towards the common mean: (W × mean + n × own) / (W + n), where W is the mean number of answers per service point. A place with few answers is thus neither best nor worst by chance.',
  },
  coverage: {
    term: 'Coverage',
    text: 'Share of opening time in which the terminal is known to have worked. Where no opening hours are set, all hours count.',
  },
  'down-days': {
    term: 'Out of use',
    text: 'Days on which the terminal is not known to have worked for 15 minutes or more of opening time, and for how long.',
  },
  alerts: {
    term: 'Alerts',
    text: 'Alerts that were opened in the week. An alert is opened when a limit set for it is passed, and tells how things stood then.',
  },
  repeats: {
    term: 'Repeat press',
    text: 'A press so soon after the one before on the same terminal (5 seconds, unless set otherwise) that it is likely the same person. It is kept but not counted.',
  },
  excluded: {
    term: 'Left out by hand',
    text: 'Presses of a time that someone excluded, with a reason: cleaning, an installer’s test, vandalism. They are kept, are in no other number, and can be brought back.',
  },
  estimated: {
    term: 'Estimated time',
    text: 'The terminal’s clock was not certain at the press. The answer counts, but its hour or day may be another.',
  },
  lost: {
    term: 'Lost',
    text: 'Presses that a terminal took but can no longer deliver, for example because its memory card broke. They are in no number.',
  },
  'small-numbers': {
    term: 'Few answers',
    text: 'Below 10 answers no percentage is shown, only counts: one person more or less would change it too much.',
  },
  corrections: {
    term: 'Correction',
    text: 'Presses can arrive late, and be left out or counted elsewhere afterwards. A report compares the four weeks before it with what was last said of them in a report that was sent, and tells each change once.',
  },
};
