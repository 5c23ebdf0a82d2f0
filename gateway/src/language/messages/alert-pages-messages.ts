import type { AlertEntry } from '../../alerts/alert.js';

/** The list of alerts, one alert, and what other pages say of alerts. */
export interface AlertPagesMessages {
  title: string;
  /** In the navigation, read out after "Alerts": "3 open". */
  openCount(n: number, shown: string): string;
  noneOpen: string;
  noneFound: string;
  caption: string;
  filter: string;
  show: string;
  state: string;
  stateChoices: { active: string; closed: string; all: string };
  allServicePoints: string;
  what: string;
  opened: string;
  /** 12 min ago */
  ago(duration: string): string;
  acknowledged: string;
  acknowledgedBy(by: string, moment: string): string;
  nobodyYet: string;
  reopened(n: number, shown: string): string;
  older: string;
  newest: string;
  rules: string;
  undelivered: string;
  undeliveredNote: string;
  /** One alert. */
  number(id: string): string;
  happened: string;
  numbersCaption: string;
  whenOpened: string;
  now: string;
  nowUnknown: string;
  closedAt(moment: string): string;
  closedByHand(by: string, moment: string): string;
  history: string;
  entries: Record<AlertEntry['kind'], string>;
  byItself: string;
  told: string;
  toldNobody: string;
  notices: {
    opened: string;
    recovered: string;
    test: string;
    webhook(name: string): string;
    delivered(moment: string): string;
    waiting(moment: string): string;
    failing(attempts: number, shown: string, moment: string): string;
    givenUp(moment: string): string;
    reason(text: string): string;
  };
  act: string;
  text: string;
  textHint: string;
  acknowledge: string;
  close: string;
  comment: string;
  done: { acknowledge: string; close: string; comment: string };
  meanwhileClosed: string;
  back: string;
  terminalPage: string;
  servicePointPage: string;
  /** On pages of a service point and the overview. */
  openHere: string;
  noneHere: string;
  allAlerts: string;
}
