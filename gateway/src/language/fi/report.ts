import type { ReportMessages } from '../messages.js';
import { definitions } from './definitions.js';

const CHANGE = { more: 'enemmän', less: 'vähemmän' } as const;
const presses = (n: number) => (n === 1 ? 'painallus' : 'painallusta');

export const report: ReportMessages = {
  week: (week, year) => `viikko ${week}/${year}`,
  title: (week, year) => `Viikkoraportti, viikko ${week}/${year}`,
  previousWeek: 'Edellinen viikko',
  nextWeek: 'Seuraava viikko',
  otherFormats: 'Sama raportti muodossa',
  chooseScope: 'Raportin kohde',
  show: 'Näytä',
  notComplete: (moment) => `Viikko on kesken: tilanne ${moment}.`,
  result: 'Tulos',
  satisfiedSentence: (share, range, shown) =>
    `Tyytyväisiä oli ${share} (${shown} vastausta, 95 prosentin luottamusväli ${range}).`,
  fewSentence: (_n, answers) => `Vain ${answers}: liian vähän prosenttiluvun laskemiseen.`,
  changeSentence: (direction, points, shown, week) =>
    direction === 'same'
      ? `Yhtä paljon kuin viikolla ${week}`
      : `${shown} ${points === 1 ? 'prosenttiyksikön' : 'prosenttiyksikköä'} ${CHANGE[direction]} kuin viikolla ${week}`,
  changeInterval: (low, high) => `95 prosentin luottamusväli ${low}…${high}`,
  clear: 'selvä muutos',
  mayBeChance: 'voi olla sattumaa',
  noComparison: (week) => `Vastauksia on liian vähän viikkoon ${week} vertaamiseen.`,
  happyIndexSentence: (shown) => `Happy Index oli ${shown}.`,
  question: (text) => `Kysymys: ”${text}”`,
  questions: (texts) => `Kysymykset: ${texts}`,
  questionOf: (text, n, shown) => `”${text}” (${shown} ${n === 1 ? 'pääte' : 'päätettä'})`,
  firstPress: (moment) => `Ensimmäinen painallus on ajalta ${moment}.`,
  trend: 'Viimeiset 12 viikkoa',
  trendCaption: 'Tyytyväisten osuus viikoittain, suluissa 95 prosentin luottamusväli',
  numbersAsTable: 'Luvut taulukkona',
  weekColumn: 'Viikko',
  trendAlternative: ({ first, last, lowest, highest }) =>
    `Tyytyväisten osuus viikosta ${first.week} viikkoon ${last.week}: aluksi ${first.share}, lopuksi ${last.share}; alimmillaan ${lowest.share} viikolla ${lowest.week}, ylimmillään ${highest.share} viikolla ${highest.week}.`,
  yearAgo: (week, year, share, answers) =>
    `Vuosi sitten, viikolla ${week}/${year}, tyytyväisiä oli ${share} (${answers}).`,
  yearAgoFew: (week, year, _n, answers) =>
    `Vuosi sitten, viikolla ${week}/${year}, kertyi vain ${answers}: liian vähän vertailuun.`,
  yearAgoChange: (direction, points, shown) =>
    direction === 'same'
      ? 'Nyt heitä on yhtä paljon'
      : `Nyt heitä on ${shown} ${points === 1 ? 'prosenttiyksikön' : 'prosenttiyksikköä'} ${CHANGE[direction]}`,
  notesTitle: 'Henkilökunnan huomautukset',
  changedTitle: 'Mitä muutimme',
  daySpan: (first, last) => {
    if (last === undefined) return `${first} alkaen`;
    return last === first ? first : `${first}–${last}`;
  },
  alertsTitle: 'Viikon hälytykset',
  alertCount: (n, shown) => {
    if (n === 0) return 'Viikolla ei tullut hälytyksiä.';
    return n === 1 ? 'Viikolla tuli yksi hälytys.' : `Viikolla tuli ${shown} hälytystä.`;
  },
  alert: (moment, kind, place) => `${moment} – ${kind}, ${place}.`,
  alertEnded: (moment) => `Hälytys päättyi ${moment}.`,
  alertLasts: 'Hälytys jatkuu.',
  alertsMore: (n, shown) => (n === 1 ? 'Lisäksi tuli yksi muu hälytys.' : `Lisäksi tuli ${shown} muuta hälytystä.`),
  answersCaption: 'Vastaukset hymiöittäin',
  answer: 'Vastaus',
  number: 'Määrä',
  share: 'Osuus',
  emptyTitle: 'Viikolla ei ole painalluksia',
  emptyReasons: {
    'before-first-press': 'Päätteitä ei ollut vielä otettu käyttöön: ensimmäinen painallus tuli myöhemmin.',
    'no-terminals': 'Viikolla ei ollut päätettä käytössä.',
    'no-opening-time': 'Viikolla ei ollut aukioloaikaa.',
    'not-known-to-have-worked':
      'Päätteiden ei tiedetä toimineen lainkaan tällä viikolla. Ei voida sanoa, olisiko joku halunnut vastata.',
    'open-but-quiet': 'Palvelupiste oli auki ja päätteet toimivat, mutta kukaan ei painanut hymiötä.',
  },
  onlyRepeats: 'Viikolla oli vain toistopainalluksia.',
  onlyExcluded: 'Kaikki viikon painallukset on jätetty pois luvuista.',
  hours: 'Kellonajat',
  hoursCaption: 'Tyytyväiset vastaukset kellonajoittain aukioloaikana',
  hoursDiffer: (test) => `Tyytyväisyys vaihtelee kellonajan mukaan (${test}).`,
  hoursAlike: (test) => `Kellonaikojen välillä ei ole selvää eroa (${test}).`,
  hoursNoTest: 'Vastauksia on liian vähän kellonaikojen vertailuun.',
  hoursWorse: (hours) => `Muita tunteja tyytymättömämpiä oltiin kello ${hours}.`,
  hoursBetter: (hours) => `Muita tunteja tyytyväisempiä oltiin kello ${hours}.`,
  heatMapCaption:
    'Tyytyväisten osuus viikonpäivittäin ja tunneittain. Alle 10 vastauksesta on tyytyväisten ja kaikkien määrä, suljettu aika on tyhjä.',
  weekday: 'Päivä',
  hourTestDetails: (statistic, degreesOfFreedom, p) => `χ² = ${statistic}, df = ${degreesOfFreedom}, p ${p}`,
  better: (z) => `Muita parempi (z = ${z})`,
  worse: (z) => `Muita huonompi (z = ${z})`,
  outsideOpeningHours: (n, shown) =>
    n === 1
      ? 'Yksi vastaus annettiin aukioloajan ulkopuolella, eikä se ole mukana vertailussa.'
      : `${shown} vastausta annettiin aukioloajan ulkopuolella, eivätkä ne ole mukana vertailussa.`,
  comparison: 'Muihin verrattuna',
  servicePoints: 'Palvelupisteet',
  groups: 'Ryhmät',
  servicePointsCaption: 'Palvelupisteet tyytyväisyyden mukaan, pienet vastausmäärät keskiarvoa kohti tasoitettuina',
  servicePointsShown: (shown, all) =>
    `Palvelupisteitä on ${all}: näkyvissä ovat ne ${shown}, jotka sijoittuivat parhaiten tai heikoimmin. Kaikki ovat Excel- ja CSV-tiedostoissa.`,
  terminalsShown: (shown, all) =>
    `Päätteitä on ${all}: näkyvissä ovat ne ${shown}, jotka toimivat vähiten. Kaikki ovat Excel- ja CSV-tiedostoissa.`,
  rank: 'Sija',
  rankIn: (week, rank) => `viikolla ${week}:\u00a0${rank}.`,
  best: (places) => `Parhaiten sijoittuivat ${places}.`,
  worst: (places) => `Heikoimmin sijoittuivat ${places}.`,
  change: 'Muutos',
  pointsShort: (points) => `${points} %-yks.`,
  reliability: 'Mihin luvut perustuvat',
  coverage: 'Kattavuus',
  coverageCaption: 'Osuus aukioloajasta, jona kunkin päätteen tiedetään toimineen',
  coverageSentence: (share) => `Päätteiden tiedetään toimineen ${share} aukioloajasta.`,
  noCoverage: 'Ei ollut aukioloaikaa, jona pääte olisi voinut toimia.',
  opening: 'Auki',
  working: 'Tiedetään toimineen',
  downDays: 'Poissa käytöstä',
  downDay: (day, duration) => `${day} (${duration})`,
  moved: (place, from, to, day) =>
    `${place} siirtyi ${day} ryhmästä ”${from}” ryhmään ”${to}”. Sen luvut ovat kokonaan nykyisessä ryhmässä.`,
  notes: 'Pois jätetyt, epävarmat ja menetetyt',
  repeats: (n, shown) => {
    if (n === 0) return 'Toistopainalluksia ei ollut.';
    return n === 1 ? 'Yksi toistopainallus jätettiin pois.' : `${shown} toistopainallusta jätettiin pois.`;
  },
  excluded: (n, shown) => {
    if (n === 0) return 'Pois jätettyinä aikoina ei painettu.';
    return n === 1 ? 'Yksi painallus jätettiin pois käsin.' : `${shown} painallusta jätettiin pois käsin.`;
  },
  excludedBecause: (reason, place, from, to) => `${reason}: ${place}, ${from} – ${to}`,
  exclusionReasons: {
    cleaner: 'Siivous',
    'installation-test': 'Asentajan testi',
    vandalism: 'Ilkivalta',
    other: 'Muu syy',
  },
  estimated: (n, shown) => {
    if (n === 0) return 'Kaikkien vastausten aika tiedetään.';
    return n === 1 ? 'Yhden vastauksen aika on arvio.' : `${shown} vastauksen aika on arvio.`;
  },
  suspects: {
    all: (n, shown) =>
      n === 1
        ? 'Tuli yksi painallus, jota mikään paneeli ei voi lähettää: se ei ehkä ole kenenkään vastaus.'
        : `Tuli ${shown} painallusta, joita mikään paneeli ei voi lähettää: ne eivät ehkä ole kenenkään vastauksia.`,
    pace: (terminal, shown) => `${terminal}: nopeammin kuin neljää painiketta voi painaa: ${shown}`,
    ahead: (terminal, shown) => `${terminal}: kello yli vuorokauden edellä: ${shown}`,
  },
  lost: (n, shown) =>
    n === 0 ? 'Yhtään painallusta ei ole kirjattu menetetyksi.' : `${shown} ${presses(n)} on kirjattu menetetyksi.`,
  lostIn: (terminal, n, shown) => `${terminal}: ${shown} ${presses(n)}`,
  incidents: {
    'presses-missing': (missing, shown, terminal, moment) =>
      `${terminal}: ${shown} ${presses(missing)} puuttuu (havaittu ${moment}).`,
    'store-restored': (_missing, _shown, _terminal, moment) => `Tietovarasto palautettiin varmuuskopiosta (${moment}).`,
  },
  withdrawn: 'Ne saapuivat lopulta.',
  unassigned: 'Päätteet ilman palvelupistettä',
  unassignedCaption: 'Niiden päätteiden vastaukset, joita ei ole liitetty palvelupisteeseen',
  definitions: 'Määritelmät',
  definitionTexts: definitions,
};
