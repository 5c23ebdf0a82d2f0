/** One series of a Prometheus text. */
export interface Sample {
  metric: string;
  labels: Record<string, string>;
  value: number;
}

const LINE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:\\.|[^"\\])*)"/g;

/** Reads Prometheus' text format. Throws at a line that is neither sample nor comment. */
export function readMetrics(text: string): Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, metric, labels = '', value] = LINE.exec(line) ?? [];
      if (metric === undefined) throw new Error(`not a sample: ${line}`);
      const pairs = [...labels.matchAll(LABEL)].map(([, name = '', text = '']) => [name, text]);
      return { metric, labels: Object.fromEntries(pairs), value: Number(value) };
    });
}

/** The value of the one series with this name and (at least) these labels; undefined where there is none. */
export function sampleValue(
  samples: readonly Sample[],
  metric: string,
  labels: Record<string, string> = {},
): number | undefined {
  const fits = samples.filter(
    (sample) =>
      sample.metric === metric && Object.entries(labels).every(([name, value]) => sample.labels[name] === value),
  );
  if (fits.length > 1) throw new Error(`${metric}: ${fits.length} series`);
  return fits[0]?.value;
}
