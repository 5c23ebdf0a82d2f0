/**
 * What we ask `gpiomon --format` for: offset, edge (1 rising, 2 falling), seconds of CLOCK_MONOTONIC with nine
 * decimals, and the line's name last because it may hold spaces.
 */
export const EDGE_FORMAT = '%o %e %S %l';

/** One edge as the kernel saw it. `rising` means active: the tools turn it round for lines that are active low. */
export interface KernelEdge {
  offset: number;
  name: string;
  rising: boolean;
  /** CLOCK_MONOTONIC, ms. */
  monotonicMs: number;
}

const EDGE = /^(?<offset>[0-9]{1,5}) (?<edge>[12]) (?<seconds>[0-9]{1,12})\.(?<nanoseconds>[0-9]{9}) (?<name>.+)$/;
/** `--banner` is printed once the lines are ours. */
const BANNER = /^Monitoring lines? '/;

/** A line of gpiomon's output; undefined for one that is neither banner nor edge. */
export function readMonitorLine(line: string): KernelEdge | 'banner' | undefined {
  if (BANNER.test(line)) return 'banner';
  const groups = EDGE.exec(line)?.groups;
  if (groups === undefined) return undefined;
  return {
    offset: Number(groups['offset']),
    name: groups['name'] ?? '',
    rising: groups['edge'] === '1',
    monotonicMs: Number(groups['seconds']) * 1000 + Number(groups['nanoseconds']) / 1e6,
  };
}
