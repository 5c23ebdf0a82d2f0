/** What a part of the power cuts came to. */
export interface PartResult {
  part: string;
  cuts: number;
  /** Presses that customers were thanked for. */
  kept: number;
  lost: number;
  doubled: number;
  wronglyRepeated: number;
  /** Acknowledged by a gateway that did not hold them when it came back. */
  forgotten: number;
  seconds: number;
  /** What was wrong, in words; empty where nothing was. */
  faults: string[];
}

/** One line. */
export function describePart(result: PartResult): string {
  const { part, cuts, kept, lost, doubled, wronglyRepeated, forgotten, seconds } = result;
  const counts = `${lost} lost, ${doubled} doubled, ${wronglyRepeated} wrongly marked as repeats`;
  const acked = part.startsWith('gateway') ? `, ${forgotten} acknowledged and forgotten` : '';
  return `${part}: ${cuts} cuts, ${kept} presses kept: ${counts}${acked}; ${seconds.toFixed(0)} s`;
}
