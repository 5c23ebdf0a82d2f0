export interface CommonMessages {
  languageName: string;
  skipToContent: string;
  mainNavigation: string;
  languages: string;
  overview: string;
  weeklyReport: string;
  /** By rating, from very unhappy to very happy. */
  ratings: readonly [string, string, string, string];
  answers: string;
  /** 243 answers; `n` chooses the plural. */
  answerCount(n: number, shown: string): string;
  satisfiedShare: string;
  happyIndex: string;
  servicePoint: string;
  terminal: string;
  hour: string;
  unassigned: string;
  wholeOrganisation: string;
  none: string;
  /** In place of a percentage of fewer than ten answers. */
  tooFew: string;
  smallNumbersNote: string;
  definitionOf(word: string): string;
  notFoundTitle: string;
  notFoundText: string;
  tooManyTitle: string;
  tooManyText: string;
  errorTitle: string;
  backToOverview: string;
}
