import { SETTINGS_BOUNDS } from '../../terminal-settings/settings-bounds.js';
import type { TerminalSettingsMessages } from '../messages.js';

const [leastHeartbeat, mostHeartbeat] = SETTINGS_BOUNDS.heartbeatSeconds;
const [leastLockout, mostLockout] = SETTINGS_BOUNDS.lockoutMs;

export const terminalSettings: TerminalSettingsMessages = {
  listLead:
    'Hur terminalerna ska fungera. Det som ställs in för en grupp gäller allt under den, om inget närmare säger något annat.',
  place: 'Gäller',
  desired: 'Inställt här',
  title: (of) => `Terminalinställningar: ${of}`,
  lead: 'Lämna ett fält tomt om inställningen på nivån ovanför ska gälla. Terminalerna tar nya inställningar i bruk inom en minut, utan omstart.',
  names: {
    heartbeatIntervalMs: 'Tid mellan två statusmeddelanden',
    lockoutMs: 'Knappens spärrtid',
    thanks: 'Tack för svaret',
  },
  hints: {
    heartbeatIntervalMs: `Sekunder, från ${leastHeartbeat} till ${mostHeartbeat}.`,
    lockoutMs: `Millisekunder, från ${leastLockout} till ${mostLockout}: ändringar i knappens kontakt inom denna tid tolkas som kontaktstuds. Paneler som själva filtrerar studs följer inte detta.`,
    thanks: 'Ett svar som inte kunde sparas visas alltid med lampan, om det finns en.',
  },
  thanks: { 'light-and-beep': 'ljus och ljud', light: 'bara ljus', beep: 'bara ljud' },
  seconds: (n) => `${n} s`,
  milliseconds: (n) => `${n} ms`,
  asAbove: 'som på nivån ovanför',
  inherited: (value, from) => `Om fältet är tomt: ${value} (${from}).`,
  inheritedNothing: 'Om fältet är tomt: enligt terminalens egen konfiguration.',
  faults: {
    heartbeat: `Skriv ett heltal från ${leastHeartbeat} till ${mostHeartbeat}.`,
    lockout: `Skriv ett heltal från ${leastLockout} till ${mostLockout}.`,
  },
  settingsTitle: 'Inställningar',
  change: 'Ändra den här terminalens inställningar',
  state: 'Läge',
  states: {
    default: 'inget är inställt: terminalen följer sin egen konfiguration',
    pending: 'ännu inte i bruk',
    applied: 'i bruk',
    unknown: 'i bruk, men terminalens programvara säger inte att den känner till alla dessa inställningar',
    refused: 'terminalen har avvisat inställningarna; de tidigare gäller',
  },
  reason: 'Orsak',
  desiredVersion: 'Version som ska gälla',
  nothingDesired: 'ingen',
  reportedVersion: 'Version som terminalen uppger',
  nothingReported: 'ingen',
  commandsTitle: 'Be terminalen',
  commandsHint: 'Vad som begärts, och av vem, skrivs in i ändringsloggen.',
  commands: { identify: 'Blinka i 20 sekunder', restart: 'Starta om', 'send-diagnostics': 'Skicka diagnostik' },
  asked: 'Begäran har skickats till terminalen. Svaret visas nedan.',
  runs: {
    waiting: 'väntar på svar …',
    done: 'klart.',
    refused: 'avvisat.',
    'no-answer': 'inget svar inom 10 sekunder.',
    'not-sent': 'inte skickat: det finns ingen förbindelse till meddelandeförmedlaren.',
  },
  refusals: {
    'unknown-command': 'Terminalens programvara känner inte till detta.',
    'no-light': 'Terminalen har ingen lampa.',
    'no-panel': 'Knappanelen fungerar inte just nu.',
    'not-supervised': 'Terminalen har startats för hand: inget skulle starta den på nytt.',
    failed: 'Det lyckades inte.',
  },
  diagnostics: 'Diagnostik',
};
