import type { Arrival, Outcome } from '@hymio/gateway';

/** What a committed message meant for the gateway, in a few words. `mark`: of its epoch, before. */
export function nameArrival(arrival: Arrival, outcome: Outcome, mark: number): string {
  const retained = 'retained' in arrival && arrival.retained ? 'retained ' : '';
  switch (arrival.kind) {
    case 'availability':
      return `${retained}${arrival.availability}`;
    case 'status':
      return `${retained}status${outcome.acks.length > 0 ? ' that claims too much: rewinds' : ''}`;
    case 'presses':
      return `batch ${nameBatch(arrival, outcome, mark)}`;
  }
}

function nameBatch(
  arrival: Extract<Arrival, { kind: 'presses' }>,
  { acks, lost, presses }: Outcome,
  mark: number,
): string {
  const [ack] = acks;
  const { firstSeq, presses: sent } = arrival.message;
  if (ack?.refused !== undefined) return `refused as ${ack.refused}`;
  const jumped = lost.some(({ from }) => from <= firstSeq - 1) ? ' over a gap recorded as lost' : '';
  if (ack?.rewind) return `ahead${jumped}: rewinds`;
  if (firstSeq + sent.length - 1 <= mark) return 'known already';
  const nulls = presses.length < sent.length && lost.length > 0 && jumped === '' ? ' with nulls' : '';
  return `${firstSeq <= mark ? 'known in part' : 'new'}${jumped}${nulls}`;
}
