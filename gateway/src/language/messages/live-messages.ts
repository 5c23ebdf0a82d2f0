/** What a page that keeps itself up to date says about that. */
export interface LiveMessages {
  asOf(time: string): string;
  refresh: string;
  on: string;
  off: string;
}
