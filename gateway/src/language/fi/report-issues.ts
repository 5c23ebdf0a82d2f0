import type { ReportIssuesMessages } from '../messages.js';

export const reportIssues: ReportIssuesMessages = {
  tally: (share, answers) => (share === undefined ? answers : `tyytyväisiä ${share} (${answers})`),
  corrected: (week, said, now) => `Viikon ${week} raportissa luki: ${said}. Nyt: ${now}.`,
  because: (late, shown) => {
    if (late === 0) return 'Painallukset on laskettu uudelleen.';
    return late === 1 ? 'Yksi painallus saapui myöhässä.' : `${shown} painallusta saapui myöhässä.`;
  },
  archive: {
    sentAt: (moment) => `Tämä raportti lähetettiin ${moment}.`,
    asSent: 'Raportti sellaisena kuin se lähetettiin',
    same: 'Luvut ovat nyt samat.',
    changed: (said, now) => `Siinä luki: ${said}. Nyt: ${now}.`,
  },
  mail: {
    attached: (fileName) => `Koko raportti on liitteenä: ${fileName}.`,
    open: 'Avaa raportti',
    why: 'Saat tämän viestin, koska olet Hymiön viikkoraporttien vastaanottaja. Ylläpitäjä voi muuttaa sen.',
    whyAsked: 'Joku pyysi Hymiötä lähettämään tämän raportin tähän osoitteeseen. Se tulee vain kerran.',
  },
  send: {
    title: 'Lähetä raportti sähköpostilla',
    lead: 'Raportti lähtee tähän osoitteeseen heti ja vain tämän kerran.',
    preview: 'Mitä viestissä lukee',
    address: 'Sähköpostiosoite',
    submit: 'Lähetä',
    sent: (address) => `Raportti lähetettiin osoitteeseen ${address}.`,
    noMailServer:
      'Asetuksissa ei ole sähköpostipalvelinta, joten mitään ei voi lähettää. Katso käyttöohjeesta kohta ”mail”.',
    tooMany: 'Muutaman minuutin aikana on lähetetty liian monta raporttia. Yritä uudelleen kymmenen minuutin kuluttua.',
    failed: (reason) => `Sähköpostipalvelin ei ottanut viestiä vastaan: ${reason}`,
  },
  recipients: {
    lead: 'Kuka saa mitkäkin viikkoraportit ja millä kielellä.',
    nextAt: (moment) => `Seuraavat raportit lähtevät ${moment}.`,
    off: 'Ajastus on kytketty pois asetuksissa: raportteja ei lähetetä.',
    caption: 'Viikkoraporttien vastaanottajat',
    none: 'Vastaanottajia ei vielä ole.',
    add: 'Lisää vastaanottaja',
    newTitle: 'Uusi raporttien vastaanottaja',
    title: (address) => `Raportit osoitteeseen ${address}`,
    address: 'Sähköpostiosoite',
    language: 'Kieli',
    format: 'Liitteen muoto',
    formats: {
      pdf: 'PDF, luettavaksi ja tulostettavaksi',
      xlsx: 'XLSX, Exceliin ja vastaaviin',
      json: 'JSON, ohjelmille',
      csv: 'CSV, taulukkolaskentaan',
      html: 'HTML, avautuu selaimessa',
    },
    subjects: 'Mistä raportoidaan',
    subjectsHint: 'Jokaisesta tulee oma viestinsä. Ryhmän raportti kattaa kaiken sen alla olevan.',
    points: 'Yksittäiset palvelupisteet',
    active: 'Saa raportit',
    activeHint:
      'Pois kytkettynä mitään ei lähetetä ennen kuin se kytketään takaisin; väliin jääneitä viikkoja ei lähetetä jälkikäteen.',
    gone: 'ei ole enää olemassa',
    paused: 'kytketty pois',
    removeHint: 'Viestejä, jotka vielä odottavat tätä vastaanottajaa, ei enää lähetetä.',
    troubles: 'Viestit, jotka eivät ole menneet perille',
    waiting: (attempts, moment) =>
      `Yritetty ${attempts === 1 ? 'kerran' : `${attempts} kertaa`}; seuraava yritys ${moment}.`,
    givenUp: (moment) => `Luovuttu ${moment}.`,
    reason: 'Sähköpostipalvelin sanoi:',
    sendAnew: 'Lähetä uudelleen',
    sentAnew: 'Viestiä lähetetään uudelleen.',
    cannotSendAnew: 'Tätä viestiä ei voi lähettää uudelleen: se on mennyt jo perille, tai vastaanottaja on poistettu.',
  },
};
