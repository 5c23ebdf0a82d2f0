import type { StateMessages } from '../messages.js';
import { faults } from './faults.js';

export const state: StateMessages = {
  names: {
    retired: 'Poistettu käytöstä',
    'never-seen': 'Ei ole vielä ottanut yhteyttä',
    offline: 'Ei yhteyttä',
    'offline-closed': 'Ei yhteyttä, paikka kiinni',
    'storage-problem': 'Tallennusongelma',
    faulty: 'Vika',
    'clock-uncertain': 'Kello epävarma',
    'backlog-growing': 'Vastaukset eivät tule perille',
    'unusually-quiet': 'Epätavallisen hiljainen',
    working: 'Toimii',
  },
  advice: {
    retired: '',
    'never-seen': 'Vie pääte paikalleen ja kytke siihen virta. Se näkyy täällä minuutin kuluessa.',
    offline:
      'Tarkista, että pääte saa virtaa ja että verkkojohto tai langaton verkko toimii. Sillä välin annetut vastaukset säilyvät päätteessä ja tulevat perille, kun yhteys palaa.',
    'offline-closed':
      'Ei vielä mitään. Jos yhteyttä ei ole vielä neljännestunti avaamisen jälkeen, tästä tulee hälytys.',
    'storage-problem': 'Ilmoita IT-tukeen: päätteen muistikortti tai levy vaatii huoltoa.',
    faulty: 'Katso kunkin vian kohdalta, mitä tehdä.',
    'clock-uncertain':
      'Vastaukset lasketaan, mutta ehkä väärään aikaan. Ilmoita IT-tukeen: pääte ei saa oikeaa aikaa verkosta, tai sen tai yhdyskäytävän kello on väärässä.',
    'backlog-growing':
      'Pääte on yhteydessä, mutta sen vastaukset eivät tule perille. Ilmoita IT-tukeen. Päätteen voi huoletta käynnistää uudelleen.',
    'unusually-quiet':
      'Käy katsomassa päätettä: onko paneeli peitetty, käännetty, siirretty tai irti laitteesta? Paina yhtä painiketta: kiitosvalon pitäisi syttyä.',
    working: '',
  },
  since: (moment) => `alkoi ${moment}`,
  lastHeard: (moment) => `viimeksi ${moment}`,
  opensAt: (moment) => `aukeaa ${moment}`,
  lowDisk: (size) => `levytilaa jäljellä vain ${size}`,
  clockAhead: (duration) => `kello ${duration} edellä`,
  clockBehind: (duration) => `kello ${duration} jäljessä`,
  clockUnset: 'kelloa ei ole saatu asetettua käynnistyksen jälkeen',
  stillSends: 'Se lähettää yhä. Irrota se virrasta tai ota se takaisin käyttöön.',
  quietSinceLastPress: (expected) => `ei yhtään vastausta edellisen jälkeen, tavallisesti noin ${expected}`,
  quietToday: (seen, expected) => `tänään ${seen}, tähän aikaan tavallisesti noin ${expected}`,
  faults,
  unknownFault: (code) => ({
    what: code,
    todo: 'Yhdyskäytävä ei tunne tätä vikaa. Kerro koodi ja tarkempi selitys IT-tukeen.',
  }),
  contradictions: {
    'heard-after-offline':
      'Yhteyden ilmoitettiin katkenneen, mutta päätteestä on kuultu sen jälkeen: vanha yhteys päättyi myöhässä. Uudempi tieto pätee.',
    'no-heartbeat':
      'Vastauksia tulee, mutta ei tilatietoja. Tässä näkyvät viat voivat olla vanhoja. Jos tilanne jatkuu, ilmoita IT-tukeen.',
    'clock-disagrees': 'Pääte ilmoittaa kellonsa olevan oikeassa, mutta se poikkeaa yhdyskäytävän kellosta.',
    'heard-after-retired': 'Pääte on poistettu käytöstä, mutta lähettää yhä.',
  },
};
