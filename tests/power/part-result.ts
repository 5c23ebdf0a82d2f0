/** What a part of the power cuts came to. */
export interface PartResult {
  part: string;
  cuts: number;
  /** Presses that customers were thanked for. */
  kept: number;
  lost: number;
  doubled: number;
  wronglyRepeated: number;
  seconds: number;
  /** What was wrong, in words; empty where nothing was. */
  faults: string[];
  /** More to say. */
  notes: string[];
}

/** One line. */
export function describePart(result: PartResult): string {
  const { part, cuts, kept, lost, doubled, wronglyRepeated, seconds, notes } = result;
  const counts = `${cuts} cuts, ${kept} presses kept: ${lost} lost, ${doubled} doubled, ${wronglyRepeated} wrongly marked as repeats`;
  return [`${part}: ${counts}`, ...notes, `${seconds.toFixed(0)} s`].join('; ');
}
