/** A code of a second device at the login, and how it is set up. */
export interface SecondFactorMessages {
  title: string;
  /** What it is for. */
  lead: string;
  isOn: string;
  isOff: string;
  setUp: string;
  switchOff: string;
  passwordFirst: string;
  scanTitle: string;
  /** How to bring the secret to the device. */
  scanLead: string;
  /** What the QR code is, for who does not see it. */
  qrCode: string;
  openApp: string;
  secret: string;
  code: string;
  /** Of the first code. */
  firstCodeHint: string;
  confirm: string;
  wrongFirst: string;
  recoveryTitle: string;
  recoveryLead: string;
  recoveryDone: string;
  switchOffLead: string;
  codeOrRecovery: string;
  codeHint: string;
  wrongCode: string;
  switchedOff: string;
  stepTitle: string;
  stepLead: string;
  lost: string;
  beginAnew: string;
  /** Too many codes. */
  wait(seconds: number): string;
}
