/** Opening times of a day, minutes from midnight. */
export interface MinuteSpan {
  from: number;
  to: number;
}

/** `08:00-16:30` as minutes from midnight; the text must be of that form. */
export function toMinutes(span: string): MinuteSpan {
  const [from = 0, to = 0] = span.split('-').map((time) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return hours * 60 + minutes;
  });
  return { from, to };
}

/** Several such spans in order of time. */
export function toSortedMinutes(spans: readonly string[]): MinuteSpan[] {
  return spans.map(toMinutes).sort((a, b) => a.from - b.from);
}

/** 480…990 as `08:00-16:30`. */
export function toSpanText({ from, to }: MinuteSpan): string {
  return `${clockText(from)}-${clockText(to)}`;
}

function clockText(minutes: number): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
