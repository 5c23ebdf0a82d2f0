/** How the time of a press is known. */
export const CLOCK_QUALITIES = ['synced', 'corrected', 'estimated'] as const;
export type ClockQuality = (typeof CLOCK_QUALITIES)[number];
