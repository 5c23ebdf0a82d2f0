import { SETTINGS_BOUNDS } from '../../terminal-settings/settings-bounds.js';
import type { TerminalSettingsMessages } from '../messages.js';

const [leastHeartbeat, mostHeartbeat] = SETTINGS_BOUNDS.heartbeatSeconds;
const [leastLockout, mostLockout] = SETTINGS_BOUNDS.lockoutMs;

export const terminalSettings: TerminalSettingsMessages = {
  listLead:
    'Miten päätteiden tulee toimia. Ryhmälle asetettu koskee kaikkea sen alla, ellei lähempänä ole asetettu toisin.',
  place: 'Kohde',
  desired: 'Asetettu tässä',
  title: (of) => `Päätteiden asetukset: ${of}`,
  lead: 'Jätä kenttä tyhjäksi, kun ylemmän tason asetus kelpaa. Päätteet ottavat uudet asetukset käyttöön minuutissa ilman uudelleenkäynnistystä.',
  names: {
    heartbeatIntervalMs: 'Tilaviestien väli',
    lockoutMs: 'Painikkeen lukitusaika',
    thanks: 'Kiitos vastauksesta',
  },
  hints: {
    heartbeatIntervalMs: `Sekunteina, ${leastHeartbeat}–${mostHeartbeat}.`,
    lockoutMs: `Millisekunteina, ${leastLockout}–${mostLockout}: painikkeen koskettimen muutokset tämän ajan sisällä tulkitaan värähtelyksi. Paneelit, jotka suodattavat värähtelyn itse, eivät noudata tätä.`,
    thanks: 'Jos vastausta ei voitu tallentaa, se näytetään aina valolla, jos laitteessa on valo.',
  },
  thanks: { 'light-and-beep': 'valo ja ääni', light: 'vain valo', beep: 'vain ääni' },
  seconds: (n) => `${n} s`,
  milliseconds: (n) => `${n} ms`,
  asAbove: 'kuten ylemmällä tasolla',
  inherited: (value, from) => `Tyhjänä: ${value} (${from}).`,
  inheritedNothing: 'Tyhjänä: päätteen omien asetusten mukaan.',
  faults: {
    heartbeat: `Kirjoita kokonaisluku väliltä ${leastHeartbeat}–${mostHeartbeat}.`,
    lockout: `Kirjoita kokonaisluku väliltä ${leastLockout}–${mostLockout}.`,
  },
  settingsTitle: 'Asetukset',
  change: 'Muuta tämän päätteen asetuksia',
  state: 'Tila',
  states: {
    default: 'mitään ei ole asetettu: pääte noudattaa omia asetuksiaan',
    pending: 'ei vielä käytössä',
    applied: 'käytössä',
    unknown: 'käytössä, mutta päätteen ohjelmisto ei ilmoita tuntevansa kaikkia näitä asetuksia',
    refused: 'pääte hylkäsi asetukset; aiemmat ovat voimassa',
  },
  reason: 'Syy',
  desiredVersion: 'Versio, jonka tulee olla käytössä',
  nothingDesired: 'ei mitään',
  reportedVersion: 'Versio, jonka pääte ilmoittaa',
  nothingReported: 'ei mitään',
  commandsTitle: 'Pyynnöt päätteelle',
  commandsHint: 'Pyyntö ja pyytäjän nimi kirjataan muutoslokiin.',
  commands: {
    identify: 'Vilkuta 20 sekuntia',
    restart: 'Käynnistä uudelleen',
    'send-diagnostics': 'Lähetä vianmääritystiedot',
  },
  asked: 'Pyyntö on lähetetty päätteelle. Vastaus näkyy alla.',
  runs: {
    waiting: 'odotetaan vastausta …',
    done: 'tehty.',
    refused: 'hylätty.',
    'no-answer': 'ei vastausta 10 sekunnissa.',
    'not-sent': 'ei lähetetty: yhteys välittäjään puuttuu.',
  },
  refusals: {
    'unknown-command': 'Päätteen ohjelmisto ei tunne tätä pyyntöä.',
    'no-light': 'Päätteessä ei ole valoa.',
    'no-panel': 'Painikepaneeli ei toimi juuri nyt.',
    'not-supervised': 'Pääte on käynnistetty käsin: mikään ei käynnistäisi sitä uudelleen.',
    failed: 'Se ei onnistunut.',
  },
  diagnostics: 'Vianmääritystiedot',
};
