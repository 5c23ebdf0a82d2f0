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

const TYPED = /^(\d{1,2})(?:[:.](\d\d))?\s*[-–]\s*(\d{1,2})(?:[:.](\d\d))?$/;

/**
 * Opening times as people write them, `8-12, 12.30–16:00`, in order of time; undefined where they cannot be understood.
 * Times that no day has are left as they are, for `registryFaults` to name.
 */
export function parseTypedSpans(text: string): MinuteSpan[] | undefined {
  const spans: MinuteSpan[] = [];
  for (const part of text.split(/[,;]/).map((each) => each.trim())) {
    if (part === '') continue;
    const [, fromHour, fromMinute = '0', toHour, toMinute = '0'] = TYPED.exec(part) ?? [];
    if (fromHour === undefined || toHour === undefined || Number(fromMinute) > 59 || Number(toMinute) > 59) {
      return undefined;
    }
    spans.push({ from: Number(fromHour) * 60 + Number(fromMinute), to: Number(toHour) * 60 + Number(toMinute) });
  }
  return spans.sort((a, b) => a.from - b.from);
}

/** 480…990 as `08:00-16:30`, several with commas. */
export function spansText(spans: readonly MinuteSpan[]): string {
  return spans.map(({ from, to }) => `${clockText(from)}-${clockText(to)}`).join(', ');
}

function clockText(minutes: number): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
