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
  ingest: {
    sources: below('gateway/ingest', 'apply-batch apply-status mark-repeats suspect-press press-time read-message'),
    tests: ['apply-batch', 'apply-status', 'mark-repeats', 'suspect-press', 'press-time', 'read-message'].map(gateway),
  },
  statistics: {
    sources: below(
      'gateway/statistics',
      'chi-square happy-index hour-test incomplete-gamma newcombe-interval poisson-tail satisfaction shrunken-ranking ' +
        'two-proportion-z wilson-interval',
    ),
    tests: ['statistics', 'statistics-edges', 'poisson-tail'].map(gateway),
  },
  alerts: {
    sources: below('gateway/alerts', 'judge-condition step-alert press-window effective-rules'),
    tests: ['judge-condition', 'step-alert', 'press-window', 'effective-rules'].map((name) =>
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
