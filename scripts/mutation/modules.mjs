/**
 * What is mutated, and the tests that ought to notice: the decisions by which a press could be lost, counted twice or told
 * wrongly. Sources are named without `src` and `.ts`, tests as they lie below `tests/unit`.
 */
export const MODULES = {
  uplink: {
    sources: below('device/uplink', 'uplink-machine backoff'),
    tests: ['device/uplink-machine', 'device/uplink-edges', 'device/uplink-properties'],
  },
};

function below(folder, names) {
  return names.split(' ').map((name) => `${folder}/${name}`);
}
