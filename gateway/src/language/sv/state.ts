import type { StateMessages } from '../messages.js';
import { faults } from './faults.js';

export const state: StateMessages = {
  names: {
    retired: 'Tagen ur bruk',
    'never-seen': 'Har inte hört av sig ännu',
    offline: 'Ingen kontakt',
    'offline-closed': 'Ingen kontakt, stället är stängt',
    'storage-problem': 'Lagringsproblem',
    faulty: 'Fel',
    'clock-uncertain': 'Osäker klocka',
    'backlog-growing': 'Svaren kommer inte fram',
    'unusually-quiet': 'Ovanligt tyst',
    working: 'Fungerar',
  },
  advice: {
    retired: '',
    'never-seen': 'Ställ terminalen på sin plats och koppla på strömmen. Den syns här inom en minut.',
    offline:
      'Kontrollera att terminalen får ström och att nätkabeln eller det trådlösa nätet fungerar. Svar som ges under tiden sparas i terminalen och kommer fram när den är tillbaka.',
    'offline-closed': 'Inget ännu. Om kontakten saknas också en kvart efter att stället har öppnat blir det ett larm.',
    'storage-problem': 'Meddela IT-stödet: terminalens minneskort eller disk behöver ses över.',
    faulty: 'Se vad som kan göras åt varje fel.',
    'clock-uncertain':
      'Svaren räknas, men kanske vid fel tidpunkt. Meddela IT-stödet: terminalen når ingen tidsserver, eller så går dess eller gatewayens klocka fel.',
    'backlog-growing':
      'Terminalen har kontakt, men dess svar kommer inte fram. Meddela IT-stödet. Terminalen kan gärna startas om.',
    'unusually-quiet':
      'Gå och titta på terminalen: är panelen övertäckt, bortvänd, flyttad eller lös från sin låda? Tryck på en knapp: tacklampan ska tändas.',
    working: '',
  },
  since: (moment) => `sedan ${moment}`,
  lastHeard: (moment) => `hördes senast ${moment}`,
  opensAt: (moment) => `öppnar ${moment}`,
  lowDisk: (size) => `bara ${size} ledigt på disken`,
  clockAhead: (duration) => `klockan går ${duration} före`,
  clockBehind: (duration) => `klockan går ${duration} efter`,
  clockUnset: 'klockan har inte ställts sedan starten',
  stillSends: 'Den sänder fortfarande. Koppla ur den eller ta den i bruk igen.',
  quietSinceLastPress: (expected) => `inget svar sedan det senaste, i vanliga fall omkring ${expected}`,
  quietToday: (seen, expected) => `${seen} i dag, vid den här tiden i vanliga fall omkring ${expected}`,
  faults,
  unknownFault: (code) => ({
    what: code,
    todo: 'Gatewayen känner inte till det här felet. Meddela IT-stödet koden och beskrivningen.',
  }),
  contradictions: {
    'heard-after-offline':
      'Kontakten rapporterades bruten, men terminalen har hörts efter det: en äldre förbindelse avslutades sent. Den nyare uppgiften gäller.',
    'no-heartbeat':
      'Svar kommer in, men inga lägesrapporter. Det som sägs här om fel kan vara gammalt. Meddela IT-stödet om det fortsätter.',
    'clock-disagrees': 'Terminalen uppger att dess klocka går rätt, men den avviker från gatewayens.',
    'heard-after-retired': 'Terminalen har tagits ur bruk men sänder fortfarande.',
  },
};
