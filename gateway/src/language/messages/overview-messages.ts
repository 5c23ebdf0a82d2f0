export interface OverviewMessages {
  title: string;
  /** 10 of 12 terminals work */
  workingOf(working: string, all: string, n: number): string;
  noTerminals: string;
  /** 50 answers today; `answers` comes with its word. */
  answersToday(answers: string): string;
  todaySoFar: string;
  state: string;
  lastPress: string;
  noPressYet: string;
  pending: string;
  pendingCount(n: number, shown: string): string;
  lostPresses(n: number, shown: string): string;
  missingPresses(n: number, shown: string): string;
  servicePointsToday: string;
  terminalsCaption: string;
  terminalsHeading: string;
  repeats: string;
  outsideServicePoints: string;
  noServicePoints: string;
}
