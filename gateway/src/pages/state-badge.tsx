import type { TerminalStateKind } from '../terminals/terminal-state.js';

/** Each state has a shape of its own, not only a colour. */
const SHAPES: Record<TerminalStateKind, string> = {
  working: 'M3 8.5 L6.5 12 L13 4.5',
  faulty: 'M8 3 V9.5 M8 12.2 V13',
  offline: 'M4 4 L12 12 M12 4 L4 12',
  'never-seen': 'M4 8 H12',
};

/** A state in words, with a sign beside it. */
export function StateBadge({ kind, text }: { kind: TerminalStateKind; text: string }) {
  return (
    <span class={`state state-${kind}`}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
        <path d={SHAPES[kind]} />
      </svg>
      {text}
    </span>
  );
}
