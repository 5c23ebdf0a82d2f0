import { readFileSync } from 'node:fs';

/** What a receiver does with its time. The order is that of the way of a press. */
export const PARTS = [
  'MQTT and sockets',
  'reading and checking a message',
  'queue and acknowledgement',
  'marking, placing, counting',
  'rows into the table',
  'sums by time',
  'marks of epochs and terminals',
  'BEGIN and COMMIT',
  'who listens, and numbers',
  'freeing memory',
  'all else',
] as const;
export type Part = (typeof PARTS)[number];

interface CallFrame {
  functionName: string;
  url: string;
}
interface Node {
  id: number;
  callFrame: CallFrame;
  children?: number[];
}
interface Profile {
  nodes: Node[];
  samples: number[];
  /** µs. */
  timeDeltas: number[];
}

/** By whose code it is: the first that matches counts. What SQLite does is the time of the function that calls it. */
const RULES: [part: Part, where: RegExp][] = [
  ['freeing memory', /^\(garbage collector\)/],
  ['BEGIN and COMMIT', /sqlite-writer\.js|methods\/transaction\.js/],
  ['rows into the table', /press-insertion\.js|press-rows\.js|^insertBatch .*baseline-program/],
  ['sums by time', /rollup-[a-z-]+\.js/],
  ['marks of epochs and terminals', /writer-cache\.js|status-writer\.js|incident-rows\.js/],
  [
    'reading and checking a message',
    /protocol\/dist|\/zod\/|read-message\.js|internal\/encoding|^readBatch .*baseline-program/,
  ],
  [
    'marking, placing, counting',
    /press-writer\.js|writer-context|gateway\/dist\/(ingest\/(mark|suspect|apply|press)|registry)/,
  ],
  ['who listens, and numbers', /gateway\/dist\/(live|metrics|alerts|events|board|http|pages)/],
  ['queue and acknowledgement', /gateway\/dist\/(ingest|store)|^(work|commit)? .*baseline-program/],
  [
    'MQTT and sockets',
    /\/(mqtt|mqtt-packet|aedes[a-z-]*|mqemitter|qlobber|bl|fastparallel|fastfall|fastseries|reusify|retimer|readable-stream|hyperid|debug)\/|gateway\/dist\/link|node:(net|stream|events|buffer|internal\/(stream|streams|net|buffer|timers|js_stream))|^writev /,
  ],
];

/** Processor time of each part in a profile as V8 writes it, µs. Time without work is not in it. */
export function partsOf(file: string): Map<Part, number> {
  const { nodes, samples, timeDeltas }: Profile = JSON.parse(readFileSync(file, 'utf8'));
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)));
  const partById = new Map(nodes.map((node) => [node.id, partOf(node, parents)]));
  const micros = new Map<Part, number>(PARTS.map((part) => [part, 0]));
  for (const [index, id] of samples.entries()) {
    const part = partById.get(id);
    if (part !== undefined) micros.set(part, (micros.get(part) ?? 0) + (timeDeltas[index] ?? 0));
  }
  return micros;
}

function partOf(node: Node, parents: ReadonlyMap<number, Node>): Part | undefined {
  const { functionName, url } = node.callFrame;
  // The second is the profile itself, as it begins and ends.
  if (functionName === '(idle)' || functionName === 'dispatch') return undefined;
  const parent = parents.get(node.id);
  // Native code belongs to who calls it.
  if (url === '' && !functionName.startsWith('(') && parent !== undefined) return partOf(parent, parents);
  const where = `${functionName} ${url}`;
  return RULES.find(([, rule]) => rule.test(where))?.[0] ?? 'all else';
}
