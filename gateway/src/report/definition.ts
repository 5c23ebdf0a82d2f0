/** Every number of a report is one of these; its definition stands under `#definition-<name>`. */
export const DEFINITIONS = [
  'answers',
  'satisfied',
  'happy-index',
  'change',
  'trend',
  'year-ago',
  'hours',
  'heat-map',
  'ranking',
  'coverage',
  'down-days',
  'alerts',
  'repeats',
  'excluded',
  'estimated',
  'lost',
  'small-numbers',
  'corrections',
] as const;
export type Definition = (typeof DEFINITIONS)[number];
