export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Local opening times per weekday in minutes from midnight, `to` exclusive; a missing day is closed. */
export type OpeningHours = Partial<Record<Weekday, readonly { from: number; to: number }[]>>;

/** The same hours Monday to Friday. */
export function workdays(fromHour: number, toHour: number): OpeningHours {
  return onDays(['mon', 'tue', 'wed', 'thu', 'fri'], fromHour, toHour);
}

/** The same hours on these days. */
export function onDays(days: readonly Weekday[], fromHour: number, toHour: number): OpeningHours {
  return Object.fromEntries(days.map((day) => [day, [{ from: fromHour * 60, to: toHour * 60 }]]));
}

/** Is it open at this local minute? */
export function isOpen(hours: OpeningHours, weekday: Weekday, minute: number): boolean {
  return hours[weekday]?.some((span) => minute >= span.from && minute < span.to) ?? false;
}
