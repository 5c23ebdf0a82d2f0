import type { TerminalStateKind } from '../terminals/terminal-state.js';

/** Each state has a shape of its own, not only a colour. */
const SHAPES: Record<TerminalStateKind, string> = {
  retired: 'M3.5 12.5 L12.5 3.5',
  'never-seen': 'M4 8 H12',
  offline: 'M4 4 L12 12 M12 4 L4 12',
  'offline-closed': 'M10.5 3.5 A5 5 0 1 0 12.8 10.5 A4 4 0 0 1 10.5 3.5',
  'storage-problem': 'M3.5 4.5 H12.5 M3.5 8 H12.5 M3.5 11.5 H12.5',
  faulty: 'M8 3 V9.5 M8 12.2 V13',
  'clock-uncertain': 'M8 3.5 V8.5 L11.5 11',
  'backlog-growing': 'M8 13 V4 M4.5 7.5 L8 4 L11.5 7.5',
  'unusually-quiet': 'M3.5 11 L6.5 6.5 L9 9.5 H12.5',
  working: 'M3 8.5 L6.5 12 L13 4.5',
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
