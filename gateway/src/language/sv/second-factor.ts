import type { SecondFactorMessages } from '../messages/second-factor-messages.js';

export const secondFactor: SecondFactorMessages = {
  title: 'Inloggning i två steg',
  lead: 'Efter lösenordet frågas du efter en kod som en app i din telefon visar. Då räcker ditt lösenord ensamt inte för någon annan.',
  isOn: 'Inloggning i två steg är på.',
  isOff: 'Inloggning i två steg är av.',
  setUp: 'Ta inloggning i två steg i bruk',
  switchOff: 'Stäng av inloggning i två steg',
  passwordFirst: 'Skriv först ditt lösenord.',
  scanTitle: 'Lägg till Hymiö i appen',
  scanLead:
    'Skanna koden med appen. Om du läser detta i telefonen öppnar du i stället länken nedan. Om inget av detta fungerar väljer du ”ange en konfigurationsnyckel” i appen och skriver nyckeln. Vilken app som helst som visar inloggningskoder duger.',
  qrCode: 'QR-kod med konfigurationsnyckeln; nyckeln står nedan som text.',
  openApp: 'Öppna i appen på den här enheten',
  secret: 'Konfigurationsnyckel',
  code: 'Kod',
  firstCodeHint: 'De sex siffror som appen visar just nu.',
  confirm: 'Ta i bruk',
  wrongFirst:
    'Detta är inte den kod som gäller nu. Skriv den som appen visar just nu. Om det inte hjälper, kontrollera telefonens klocka.',
  recoveryTitle: 'Spara de här reservkoderna',
  recoveryLead:
    'Inloggning i två steg är på. Om du tappar telefonen kan du logga in med någon av de här koderna; var och en fungerar en gång. Skriv ut eller anteckna dem och förvara dem på ett säkert ställe: de visas inte igen.',
  recoveryDone: 'Jag har sparat koderna',
  switchOffLead: 'Därefter loggar du in med bara lösenordet. Dina reservkoder slutar också fungera.',
  codeOrRecovery: 'Kod eller reservkod',
  codeHint: 'De sex siffror som appen visar just nu, eller en av reservkoderna som du har sparat.',
  wrongCode: 'Koden är fel, för gammal eller redan använd. Vänta tills appen visar nästa.',
  switchedOff: 'Inloggning i två steg är avstängd.',
  stepTitle: 'Skriv koden',
  stepLead: 'Lösenordet var rätt. Skriv nu koden som appen i din telefon visar.',
  lost: 'Om du varken har telefonen eller någon reservkod, be en administratör om hjälp.',
  beginAnew: 'Logga in på nytt från början: inloggningen tog för lång tid eller koden var fel för många gånger.',
  wait: (seconds) =>
    seconds < 90
      ? `För många felaktiga koder. Försök igen om ${seconds} sekunder.`
      : `För många felaktiga koder. Försök igen om ${Math.ceil(seconds / 60)} minuter.`,
};
