import { type Random, terminalTopic } from '@hymio/protocol';
import { drawInteger } from '../../random/draw.js';
import { drawUuid } from '../draw-uuid.js';
import type { FaultContext } from '../fault-table.js';
import { oneOf } from '../plan.js';
import type { World } from '../world.js';
import { pickMachine } from './pick.js';

type Nonsense = (
  context: FaultContext,
  terminal: string,
) => { kind: 'presses' | 'status' | 'availability'; text: string };

const PRESS = { at: Date.UTC(2026, 10, 23), rating: 3, clock: 'synced' };

/** Messages that must change nothing: none of them is valid for the terminal on whose topic it comes. */
const NONSENSE: readonly Nonsense[] = [
  () => ({ kind: 'presses', text: 'not json' }),
  () => ({ kind: 'presses', text: '{"epoch":"nonsense","firstSeq":1,"oldestSeq":1,"presses":[]}' }),
  () => ({ kind: 'status', text: '{"sentAt":"yesterday"}' }),
  () => ({ kind: 'availability', text: 'perhaps' }),
  ({ random }) => ({ kind: 'presses', text: batch(drawUuid(random), 7, 9, [PRESS]) }),
  ({ random }) => ({ kind: 'presses', text: batch(drawUuid(random), 1, 1, [{ ...PRESS, rating: 4 }]) }),
  // The epoch of this terminal, but a batch that it has not in flight.
  ({ world, random }, terminal) => ({
    kind: 'presses',
    text: batch(knownEpoch(world, random, terminal, true), 2 ** 40, 1, [{ rating: 'high' }]),
  }),
  // Impossibly far ahead.
  ({ world, random }, terminal) => ({
    kind: 'presses',
    text: batch(knownEpoch(world, random, terminal, true), 2 ** 31, 2 ** 31, [PRESS]),
  }),
  // What another terminal has: refused, and not told how far it came.
  ({ world, random }, terminal) => ({
    kind: 'presses',
    text: batch(knownEpoch(world, random, terminal, false), 1, 1, [PRESS, PRESS, PRESS]),
  }),
];

/** Sends one to three messages that must be refused. */
export function sendRogue(context: FaultContext): string | undefined {
  const { world, random } = context;
  const machine = pickMachine(world, random);
  if (machine === undefined) return undefined;
  // A store that goes back forgets whose an epoch was: the claim could then be valid.
  const nonsense = world.plan.faults.includes('gateway-restore') ? NONSENSE.slice(0, -1) : NONSENSE;
  for (let count = drawInteger(random, 1, 3); count > 0; count -= 1) {
    const { kind, text } = oneOf(random, nonsense)(context, machine.id);
    world.trace.note(`rogue ${kind} ${text.slice(0, 120)}`);
    world.broker.inject(terminalTopic(machine.id, kind), text, false);
  }
  return machine.id;
}

function batch(epoch: string, firstSeq: number, oldestSeq: number, presses: readonly unknown[]): string {
  return JSON.stringify({ epoch, firstSeq, oldestSeq, presses });
}

/** An epoch that the gateway has presses of, of this terminal or of another one. */
function knownEpoch(world: World, random: Random, terminal: string, own: boolean): string {
  const epochs = [...world.committed.epochs()].filter(
    ([, known]) => known.stored.size > 0 && (known.terminal === terminal) === own,
  );
  return epochs.length === 0 ? 'none' : oneOf(random, epochs)[0];
}
