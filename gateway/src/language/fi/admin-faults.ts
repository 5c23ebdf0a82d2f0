import type { AdminMessages } from '../messages.js';

export const adminFaults: AdminMessages['faults'] = {
  'listed-twice': (id) => `${id} on luettelossa useammin kuin kerran.`,
  'id-taken': (id) => `Tunnus ${id} on jo käytössä. Valitse toinen.`,
  'id-malformed': () =>
    'Käytä 1–63 pientä kirjainta a–z, numeroa tai yhdysmerkkiä. Ensimmäinen ei saa olla yhdysmerkki.',
  'name-missing': () => 'Anna nimi ainakin yhdellä kielellä.',
  'text-missing': () => 'Kysymys tarvitsee tekstin tällä kielellä.',
  'unknown-parent': () => 'Tällaista ryhmää ei enää ole.',
  'own-ancestor': () => 'Ryhmä ei voi kuulua itseensä eikä alaryhmäänsä.',
  'unknown-group': () => 'Tällaista ryhmää ei enää ole.',
  'closes-before-it-opens': (day) => `${day}: sulkee ennen kuin avaa.`,
  'overlapping-hours': (day) => `${day}: aukioloajat menevät päällekkäin.`,
  'impossible-hours': (day) => `${day}: päivä päättyy kello 24:00.`,
  'impossible-date': (date) => (date === '' ? 'Ajankohta ei ole mahdollinen.' : `Päivää ${date} ei ole olemassa.`),
  'date-twice': (date) => `${date} on luettelossa kahdesti.`,
  'unknown-service-point': () => 'Tällaista palvelupistettä ei enää ole.',
  'unknown-question': () => 'Tällaista kysymystä ei enää ole.',
  'unknown-terminal': () => 'Tällaista päätettä ei ole.',
  'ends-before-it-begins': () => 'Loppu on ennen alkua.',
  'overlapping-assignments': () => 'Pääte olisi kahdessa paikassa yhtä aikaa.',
  retired: () => 'Pääte on poissa käytöstä. Palauta se ensin.',
  'not-retired': () => 'Pääte on käytössä.',
  'in-the-future': () => 'Ajankohta ei voi olla tulevaisuudessa.',
  'nobody-stands-there': () => 'Täällä ei ole silloin päätettä. Siirrä ensin pääte tänne.',
  'reason-missing': () => 'Kerro, miksi.',
  'group-in-use': (ids) => `Ryhmä ei ole tyhjä (${ids}). Siirrä tai poista ensin, mitä siinä on.`,
  'service-point-in-use': () =>
    'Palvelupisteeseen liittyy lukuja, merkintöjä tai päätteitä, joten se säilyy. Ota sen sijaan päätteet pois.',
  'question-in-use': (ids) =>
    `Kysymystä on kysytty (${ids}), joten se säilyy. Vaihda siellä sen sijaan toinen kysymys.`,
  'users-limited-to-it': (count) => `Käyttäjiä on rajattu tähän ryhmään (${count}). Muuta tai poista heidät ensin.`,
  'programs-limited-to-it': (count) =>
    `Vain tälle ryhmälle on annettu ohjelmien tunnisteita tai MQTT-tunnuksia (${count}). IT-tuki lopettaa ne ensin.`,
  'reports-go-out': (count) => `Vastaanottajat saavat sen viikkoraportin (${count}). Muuta tai poista heidät ensin.`,
  gone: () => 'Joku muu on sillä välin poistanut tämän.',
  'changed-meanwhile': () =>
    'Joku muu on sillä välin muuttanut tätä. Kirjoittamasi on alla; jos tallennat uudelleen, se korvaa toisen tallentaman.',
};

export const refusals: AdminMessages['refusals'] = {
  'exclusion-empty': 'Lopun on oltava alun jälkeen.',
  'exclusion-unknown-target': 'Tällä tunnuksella ei ole päätettä eikä palvelupistettä.',
  'exclusion-begins-beyond-sight': 'Pääte ei ollut tähän aikaan paikassa, jonka saat nähdä. Valitse myöhempi alku.',
  'exclusion-ends-beyond-sight': 'Pääte siirrettiin ennen tätä pois paikoista, jotka saat nähdä. Valitse aiempi loppu.',
  'exclusion-pruned':
    'Tämän ajan yksittäiset painallukset on poistettu; vain lukumäärät ovat jäljellä, eikä niitä voi enää muuttaa.',
  'exclusion-revoked': 'Joku muu on jo palauttanut nämä painallukset.',
  'note-empty': 'Kirjoita merkintä ainakin yhdellä kielellä.',
  'note-span-empty': 'Lopun on oltava alun jälkeen.',
  'report-recipient-malformed': 'Kirjoita osoite muodossa nimi@example.org.',
  'report-recipient-without-reports': 'Valitse ainakin yksi raportti.',
  'report-recipient-unknown-subject': 'Jokin näistä on poistettu. Lataa sivu uudelleen.',
  'report-recipient-twice': 'Tämä osoite saa jo raportteja tällä kielellä. Muuta sitä vastaanottajaa.',
  'settings-refused': 'Näitä asetuksia ei hyväksytä. Pysy sallituissa rajoissa.',
  'identity-needed':
    'Päätteitä ei voi vielä ottaa käyttöön: gateway.yaml ei avaa sille osoitetta. IT-tuki lisää siihen rivin identity: { names: [hymio.example.org], listen: 0.0.0.0:8443 } ja käynnistää yhdyskäytävän uudelleen.',
  'no-enrolment-code': 'Käyttämätöntä koodia ei enää ole: se on käytetty tai peruttu, tai vuorokausi on kulunut.',
  'no-certificate': 'Päätteellä ei ole varmennetta eikä koodia.',
};
