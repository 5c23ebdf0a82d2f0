/**
 * What is mutated, and the tests that ought to notice: the decisions by which a press could be lost, counted twice or told
 * wrongly. Sources are named without `src` and `.ts`, tests as they lie below `tests/unit`. `remembers`: a module keeps
 * answers that were given before.
 */
export const MODULES = {
  uplink: {
    sources: below('device/uplink', 'uplink-machine backoff'),
    tests: ['device/uplink-machine', 'device/uplink-edges', 'device/uplink-properties'],
  },
  buttons: {
    sources: below('device/panel/buttons', 'step-buttons contact chatter'),
    tests: ['device/step-buttons', 'device/buttons-exact'],
  },
  times: {
    sources: below('device/clock', 'resolve-time sync-watch'),
    tests: ['device/resolve-time', 'device/sync-watch', 'device/sync-notes'],
  },
  messages: {
    sources: below('protocol', 'decode topic nesting press-entry presses-message plain-presses-message ack-message'),
    tests: ['decode', 'messages', 'topic', 'nesting', 'wire-words', 'plain-presses-message'].map(
      (name) => `protocol/${name}`,
    ),
  },
  ingest: {
    sources: below('gateway/ingest', 'apply-batch apply-status mark-repeats suspect-press press-time read-message'),
    tests: ['apply-batch', 'apply-status', 'mark-repeats', 'suspect-press', 'press-time', 'read-message'].map(gateway),
  },
  presence: {
    sources: [
      ...below('gateway/ingest', 'apply-presence apply-faults'),
      ...below('gateway/terminals', 'evidence terminal-state terminal-timeline standing-time'),
    ],
    tests: [
      'apply-presence',
      'apply-faults',
      'evidence',
      'terminal-bounds',
      'terminal-state',
      'terminal-timeline',
      'timeline-details',
      'standing-times',
    ].map(gateway),
  },
  calendar: {
    sources: below(
      'gateway/calendar',
      'instant iso-week known-answers local-buckets local-days local-hour month offset-segments opening-spans quiet-until spans',
    ),
    tests: ['calendar', 'calendar-edges', 'spans', 'known-answers', 'alerts/quiet-until'].map(gateway),
    remembers: true,
  },
  statistics: {
    sources: below(
      'gateway/statistics',
      'chi-square happy-index hour-test incomplete-gamma newcombe-interval poisson-tail satisfaction shrunken-ranking ' +
        'two-proportion-z wilson-interval',
    ),
    tests: ['statistics', 'statistics-edges', 'poisson-tail'].map(gateway),
  },
  public: {
    sources: below('gateway/public', 'suppress-small-cells public-block public-week'),
    tests: ['public-tables', 'public-numbers'].map(gateway),
  },
  alerts: {
    sources: below('gateway/alerts', 'judge-condition step-alert press-window count-chains effective-rules'),
    tests: ['judge-condition', 'step-alert', 'press-window', 'count-chains', 'effective-rules'].map((name) =>
      gateway(`alerts/${name}`),
    ),
  },
};

function below(folder, names) {
  return names.split(' ').map((name) => `${folder}/${name}`);
}

function gateway(name) {
  return `gateway/${name}`;
}
