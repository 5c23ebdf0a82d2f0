import type { TerminalIdentityMessages } from '../messages/terminal-identity-messages.js';

export const terminalIdentity: TerminalIdentityMessages = {
  title: 'Certificate',
  lead: 'With its certificate the terminal proves that it is this one. It gets the first by a code that is typed on it once.',
  notHere: 'Terminals get no certificates here.',
  none: 'The terminal has no certificate.',
  until: (moment) => `The certificate is valid until ${moment}.`,
  enrolled: (moment) => `The terminal got it by a code ${moment}.`,
  renewed: (moment) => `The terminal renewed it ${moment}.`,
  renewsByItself: 'The terminal renews it in time by itself.',
  ranOut: (moment) => `The certificate ran out ${moment}.`,
  shutOut: (moment) => `The certificate was revoked ${moment}: the terminal is shut out.`,
  codeOpen: (moment) => `A code has been made and not been used. It is valid until ${moment}.`,
  makeTitle: 'Make a code',
  makeHint:
    'The code works once, within 24 hours, for this terminal alone. As soon as it is used, certificates that the terminal had before are no longer valid.',
  replacesHint: 'The code that is open then no longer works.',
  make: 'Make a code',
  codeTitle: (terminal) => `Code for terminal ${terminal}`,
  codeLead: 'The code:',
  codeOnce: 'It is shown only now. If it gets lost, make a new one.',
  codeUntil: (moment) => `It works once, until ${moment}.`,
  typeTitle: 'Type this on the terminal',
  typeHint: 'In place of terminal.yaml goes the configuration file of the terminal.',
  back: 'Back to the terminal',
  withdraw: 'Withdraw the code',
  withdrawn: 'The code no longer works.',
  shutOutLink: 'Shut this terminal out',
  shutOutTitle: (terminal) => `Shut terminal ${terminal} out?`,
  shutOutLead:
    'Its certificates and its unused code stop working at once. Do this when the terminal was stolen or lost. To let it back in, make a new code and enrol it anew.',
  shutOutKept: 'All answers that have arrived stay. What is still on the terminal does not arrive any more.',
  shutOutWithoutTls:
    'This shuts it out only where terminals must show a certificate (mqtt.tls). A broker of your own learns of it by “hymio-gateway mosquitto-config”.',
  confirm: 'Shut out',
  done: 'The terminal is shut out.',
  nothing: 'The terminal has neither a certificate nor a code: there is nothing to take from it.',
};
