import type { Span } from '../calendar/spans.js';
import type { Registry } from '../registry/registry.js';
import { openingContexts } from './opening-contexts.js';
import type { Quietness } from './quietness.js';
import type { TerminalBrief } from './terminal-brief.js';
import { type TerminalState, terminalState } from './terminal-state.js';

/** What is known beside the terminals themselves. */
export interface Circumstances {
  /** UTC ms. */
  now: number;
  zone: string;
  /** When the gateway itself last heard nobody. */
  deaf?: Span | undefined;
  /** Terminals with improbably few presses. */
  quiet?: ReadonlyMap<string, Quietness> | undefined;
}

/** Tells the state of each terminal. */
export function assessTerminals(
  registry: Pick<Registry, 'groups' | 'servicePoints'>,
  { now, zone, deaf, quiet }: Circumstances,
): (terminal: TerminalBrief) => TerminalState {
  const openingOf = openingContexts(registry, now, zone);
  return (terminal) => {
    const opening = openingOf(terminal.assignment?.servicePoint);
    return terminalState({ terminal, now, opening, deaf, quiet: quiet?.get(terminal.id) });
  };
}
