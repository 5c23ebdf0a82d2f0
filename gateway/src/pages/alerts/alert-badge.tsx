import type { Alert } from '../../alerts/alert.js';
import type { PageContext } from '../page-context.js';

const SHAPES: Record<Alert['state']['kind'], string> = {
  open: 'M8 3 V9.5 M8 12.2 V13',
  acknowledged: 'M3.5 8 A4.5 4.5 0 1 0 12.5 8 A4.5 4.5 0 1 0 3.5 8',
  closed: 'M3 8.5 L6.5 12 L13 4.5',
};

/** The state of an alert in words, with a sign beside it. */
export function AlertBadge({ alert, context }: { alert: Alert; context: PageContext }) {
  const { kind } = alert.state;
  return (
    <span class={`state alert-${kind}`}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
        <path d={SHAPES[kind]} />
      </svg>
      {context.messages.alerts.states[kind]}
    </span>
  );
}
