import type { TerminalIdentityMessages } from '../messages/terminal-identity-messages.js';

export const terminalIdentity: TerminalIdentityMessages = {
  title: 'Certifikat',
  lead: 'Med sitt certifikat visar terminalen att den är just den här. Det första får den med en kod som skrivs in på den en gång.',
  notHere: 'Terminalerna får inga certifikat här.',
  none: 'Terminalen har inget certifikat.',
  until: (moment) => `Certifikatet gäller till ${moment}.`,
  enrolled: (moment) => `Terminalen fick det med en kod ${moment}.`,
  renewed: (moment) => `Terminalen förnyade det ${moment}.`,
  renewsByItself: 'Terminalen förnyar det själv i tid.',
  ranOut: (moment) => `Certifikatet gick ut ${moment}.`,
  shutOut: (moment) => `Certifikatet återkallades ${moment}: terminalen är utestängd.`,
  codeOpen: (moment) => `En kod har skapats men inte använts. Den gäller till ${moment}.`,
  makeTitle: 'Skapa en kod',
  makeHint:
    'Koden fungerar en gång, inom 24 timmar och bara för den här terminalen. När den används slutar terminalens tidigare certifikat att gälla.',
  replacesHint: 'Koden som gäller nu slutar då att fungera.',
  make: 'Skapa en kod',
  codeTitle: (terminal) => `Kod för terminal ${terminal}`,
  codeLead: 'Koden:',
  codeOnce: 'Den visas bara nu. Går den förlorad, skapa en ny.',
  codeUntil: (moment) => `Den fungerar en gång, till ${moment}.`,
  typeTitle: 'Skriv detta på terminalen',
  typeHint: 'Byt ut terminal.yaml mot terminalens konfigurationsfil.',
  back: 'Tillbaka till terminalen',
  withdraw: 'Dra tillbaka koden',
  withdrawn: 'Koden fungerar inte längre.',
  shutOutLink: 'Stäng ute den här terminalen',
  shutOutTitle: (terminal) => `Vill du stänga ute terminal ${terminal}?`,
  shutOutLead:
    'Dess certifikat och oanvända kod slutar gälla genast. Gör så om terminalen har blivit stulen eller försvunnit. Du släpper in den igen genom att skapa en ny kod och registrera den på nytt.',
  shutOutKept: 'Alla svar som har kommit fram finns kvar. Det som ännu finns på terminalen kommer inte längre fram.',
  shutOutWithoutTls:
    'Terminalen stängs ute bara där terminaler måste visa ett certifikat (mqtt.tls). En egen meddelandeförmedlare får veta det genom ”hymio-gateway mosquitto-config”.',
  confirm: 'Stäng ute',
  done: 'Terminalen är utestängd.',
  nothing: 'Terminalen har varken certifikat eller kod: det finns inget att ta ifrån den.',
};
