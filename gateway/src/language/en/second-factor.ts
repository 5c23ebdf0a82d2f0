import type { SecondFactorMessages } from '../messages/second-factor-messages.js';

export const secondFactor: SecondFactorMessages = {
  title: 'Two-step login',
  lead: 'After the password you are asked for a code that an app on your phone shows. Then your password alone is of no use to anybody.',
  isOn: 'Two-step login is on.',
  isOff: 'Two-step login is off.',
  setUp: 'Set up two-step login',
  switchOff: 'Switch off two-step login',
  passwordFirst: 'First type your password.',
  scanTitle: 'Add Hymiö to your app',
  scanLead:
    'Scan the code with the app. If you are reading this on your phone, open the link below instead. If neither works, choose “enter a setup key” in the app and type the key. Any app that shows codes for logins will do.',
  qrCode: 'QR code with the setup key; the key stands below as text.',
  openApp: 'Open in the app on this device',
  secret: 'Setup key',
  code: 'Code',
  firstCodeHint: 'The six digits that the app shows now.',
  confirm: 'Switch on',
  wrongFirst:
    'This is not the code of this moment. Type the one that the app shows now; if that does not help, check the clock of the phone.',
  recoveryTitle: 'Keep these recovery codes',
  recoveryLead:
    'Two-step login is on. If you lose your phone, you can log in with one of these codes instead; each works once. Print them or write them down and keep them in a safe place: they are not shown again.',
  recoveryDone: 'I have kept the codes',
  switchOffLead: 'From then on you log in with the password alone. Your recovery codes stop working too.',
  codeOrRecovery: 'Code, or a recovery code',
  codeHint: 'The six digits that the app shows now, or one of the recovery codes that you have kept.',
  wrongCode: 'The code is wrong, too old, or already used. Wait for the next one in the app.',
  switchedOff: 'Two-step login is switched off.',
  stepTitle: 'Type the code',
  stepLead: 'The password was right. Now type the code that the app on your phone shows.',
  lost: 'If you have neither the phone nor a recovery code, ask an administrator for help.',
  beginAnew: 'Log in again from the start: the login took too long, or too many codes were wrong.',
  wait: (seconds) =>
    seconds < 90
      ? `Too many wrong codes. Try again in ${seconds} seconds.`
      : `Too many wrong codes. Try again in ${Math.ceil(seconds / 60)} minutes.`,
};
