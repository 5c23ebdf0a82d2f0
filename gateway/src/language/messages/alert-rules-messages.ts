import type { AlertConditionKind } from '../../alerts/alert-rule.js';

/** The page on which rules and recipients are set. */
export interface AlertRulesMessages {
  title: string;
  intro: string;
  chooseScope: string;
  show: string;
  groups: string;
  rulesCaption: string;
  rule: string;
  condition: string;
  on: string;
  off: string;
  from: string;
  fromDefault: string;
  fromHere: string;
  change: string;
  changeRule(rule: string): string;
  /** Names of the rules that are there from the start, by name. */
  names: Readonly<Record<string, string>>;
  /** What opens an alert, as a phrase: numbers and spans come with their text. */
  conditions: {
    negative(share: string, n: string, span: string): string;
    indexBelow(index: string, n: string, span: string): string;
    indexAbove(index: string, n: string, span: string): string;
    pressesBelow(n: number, shown: string, span: string): string;
    pressesAbove(n: string, span: string): string;
    streak(n: string): string;
    suspects(n: number, shown: string, span: string): string;
    terminal(states: string, span: string): string;
    terminalAtOnce(states: string): string;
  };
  kinds: Record<AlertConditionKind, string>;
  newRule: string;
  newKind: string;
  begin: string;
  fields: {
    name: string;
    nameHint: string;
    share: string;
    shareHint: string;
    minPresses: string;
    index: string;
    presses: string;
    suspects: string;
    window: string;
    windowHint: string;
    streak: string;
    states: string;
    forMinutes: string;
    enabled: string;
    tellWhenOver: string;
    quietFrom: string;
    quietTo: string;
    quietHint: string;
    own: string;
    recipients: string;
    recipientsHint: string;
  };
  faults: {
    between(least: string, most: string): string;
    window: string;
    states: string;
    quiet: string;
    name: string;
    nameTaken: string;
    recipientLine(line: string): string;
    unknownWebhook(name: string): string;
  };
  saved: string;
  remove: string;
  removeHint: string;
  removed: string;
  recipientsTitle: string;
  recipientsIntro: string;
  inherited(scope: string): string;
  nobody: string;
  recipientsSaved: string;
  noMailServer: string;
  webhooks(names: string): string;
  test: string;
  testRecipient: string;
  sendTest: string;
  testSent: string;
}
