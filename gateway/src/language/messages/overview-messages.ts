export interface OverviewMessages {
  title: string;
  /** 10 of 12 terminals work */
  workingOf(working: string, all: string, n: number): string;
  /** 10 of 12 work; stands under the heading of the terminals. */
  workingShort(working: string, all: string): string;
  noTerminals: string;
  /** 50 answers today; `answers` comes with its word. */
  answersToday(answers: string): string;
  byRating: string;
  todaySoFar: string;
  state: string;
  lastPress: string;
  noPressYet: string;
  pendingCount(n: number, shown: string): string;
  lostPresses(n: number, shown: string): string;
  missingPresses(n: number, shown: string): string;
  urgentHeading: string;
  nothingUrgent: string;
  /** 3 more need someone: a link to them. */
  moreUrgent(n: number, shown: string): string;
  /** Of a place: 2 need someone. */
  needSomeone(n: number, shown: string): string;
  placesHeading: string;
  placesCut: string;
  terminalsHeading: string;
  terminalsCaption: string;
  allTerminals: string;
  unplaced(n: number, shown: string): string;
  noServicePoints: string;
  /** Name of the navigation from the overview down to a page. */
  trail: string;
  anyState: string;
  search: string;
  show: string;
  found(n: number, shown: string): string;
  pages: string;
  previousPage: string;
  nextPage: string;
  pageOf(page: string, pages: string): string;
}
