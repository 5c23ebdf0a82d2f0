/** How many presses the store holds of each terminal, and how many of them twice. */
export interface Exported {
  byTerminal: Map<string, number>;
  doubled: number;
}

/** Reads all presses through the gateway's export, page by page. `http`: http://host:port */
export async function exportedPresses(http: string): Promise<Exported> {
  const byTerminal = new Map<string, number>();
  const seen = new Set<string>();
  let doubled = 0;
  let after: string | null = null;
  do {
    const query = new URLSearchParams(after === null ? {} : { after });
    const answer = await fetch(`${http}/api/v1/presses?${query}`);
    if (!answer.ok) throw new Error(`/api/v1/presses: ${answer.status} ${await answer.text()}`);
    const lines = (await answer.text()).split('\n').filter((line) => line !== '');
    for (const line of lines) {
      const { terminal, epoch, seq } = JSON.parse(line) as { terminal: string; epoch: string; seq: number };
      const identity = `${terminal} ${epoch} ${seq}`;
      if (seen.has(identity)) doubled += 1;
      seen.add(identity);
      byTerminal.set(terminal, (byTerminal.get(terminal) ?? 0) + 1);
    }
    after = lines.length === 0 ? null : answer.headers.get('x-next-cursor');
  } while (after !== null);
  return { byTerminal, doubled };
}
