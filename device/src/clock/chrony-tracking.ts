/** Reference id, name, stratum, …, leap status. */
const FIELDS = 14;
/** What chronyc calls the leap status of a clock that is kept right; the other is "Not synchronised". */
const KEPT_RIGHT: readonly string[] = ['Normal', 'Insert second', 'Delete second'];

/** Whether `chronyc -c tracking` says that the clock is kept right. Only what is said in so many words is believed. */
export function isChronySynced(output: string): boolean {
  const fields = output.trim().split(',');
  return fields.length === FIELDS && KEPT_RIGHT.includes(fields.at(-1) ?? '');
}
