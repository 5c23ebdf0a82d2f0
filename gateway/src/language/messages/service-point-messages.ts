export interface ServicePointMessages {
  /** Stands before the question in quotation marks. */
  asks: string;
  alwaysOpen: string;
  closedToday: string;
  openToday(spans: string): string;
  /** 243 answers in the last seven days; `answers` comes with its word. */
  inDays(answers: string): string;
  alerts: string;
  noTerminals: string;
  todayByHour: string;
  nothingToday: string;
  lastDays: string;
  day: string;
  weeklyReport: string;
  /** Link to a file. */
  poster: string;
}
