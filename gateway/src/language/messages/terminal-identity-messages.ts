/** How a terminal proves itself, on its page of the administration. Moments and days come in words. */
export interface TerminalIdentityMessages {
  title: string;
  lead: string;
  notHere: string;
  none: string;
  until(moment: string): string;
  enrolled(moment: string): string;
  renewed(moment: string): string;
  renewsByItself: string;
  ranOut(moment: string): string;
  shutOut(moment: string): string;
  codeOpen(moment: string): string;
  makeTitle: string;
  makeHint: string;
  /** What a new code does to one that is open. */
  replacesHint: string;
  make: string;
  codeTitle(terminal: string): string;
  codeLead: string;
  codeOnce: string;
  codeUntil(moment: string): string;
  typeTitle: string;
  typeHint: string;
  back: string;
  withdraw: string;
  withdrawn: string;
  shutOutLink: string;
  shutOutTitle(terminal: string): string;
  shutOutLead: string;
  shutOutKept: string;
  shutOutWithoutTls: string;
  confirm: string;
  done: string;
  nothing: string;
}
