/** What everybody may read: page, lobby screen and widget of a service point. */
export interface PublicMessages {
  /** Title of the page and of what links to it. */
  title(name: string): string;
  /** For who finds the page elsewhere. */
  description: string;
  weAsked: string;
  /** With the number of the ISO week. */
  lastWeek(week: number): string;
  thisWeek: string;
  /** After the number: … of those who answered were satisfied. `shown`: "84 %". */
  satisfied: string;
  atLeast(shown: string): string;
  atMost(shown: string): string;
  /** `shown`: how many answered. */
  answered(n: number, shown: string): string;
  fewAnswered: string;
  /** Of so many answers, until the end of that day. */
  resultOf(n: number, shown: string, day: string): string;
  waitForResult: string;
  tooFewForResult: string;
  faces: string;
  hidden: string;
  hiddenNote: string;
  changes: string;
  pressOnYourWay: string;
  asOf(time: string): string;
  more: string;
  missing: string;
  unavailable: string;
}
