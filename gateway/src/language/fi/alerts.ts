import type { AlertsMessages } from '../messages.js';

const UNITS = { minute: 'minuutti', hour: 'tunti', day: 'vuorokausi' } as const;
const PARTITIVES = { minute: 'minuuttia', hour: 'tuntia', day: 'vuorokautta' } as const;
const GENITIVES = { minute: 'minuutin', hour: 'tunnin', day: 'vuorokauden' } as const;
const answers = (n: number, shown: string) => (n === 1 ? `${shown} vastaus` : `${shown} vastausta`);
const ofAnswers = (shown: string) => `${shown} vastauksesta`;

export const alerts: AlertsMessages = {
  kinds: {
    'negative-share': 'Tyytymättömiä vastauksia',
    'index-below': 'Matala Happy Index',
    'index-above': 'Korkea Happy Index',
    'presses-below': 'Vähän vastauksia',
    'presses-above': 'Paljon vastauksia',
    'very-happy-streak': 'Erittäin tyytyväisiä vastauksia peräkkäin',
    'terminal-state': 'Pääte vaatii huomiota',
    'suspect-presses': 'Pääte lähettää mahdottomia painalluksia',
  },
  span: (amount, unit, shown) => `${shown} ${amount === 1 ? UNITS[unit] : PARTITIVES[unit]}`,
  within: (amount, unit, shown) =>
    amount === 1 ? `viimeisen ${GENITIVES[unit]} aikana` : `viimeisten ${shown} ${GENITIVES[unit]} aikana`,
  negative: (_bad, shownBad, _n, shown, within) =>
    `${shownBad}/${ofAnswers(shown)} ${within} oli tyytymättömiä tai erittäin tyytymättömiä.`,
  indexBelow: (index, bound, n, shown, within) =>
    `Happy Index oli ${index} eli alle ${bound} (${answers(n, shown)} ${within}).`,
  indexAbove: (index, bound, n, shown, within) =>
    `Happy Index oli ${index} eli yli ${bound} (${answers(n, shown)} ${within}).`,
  pressesBelow: (n, shown, shownBound, within) =>
    `${n === 0 ? 'Ei yhtään vastausta' : `Vain ${answers(n, shown)}`} ${within}, vaikka säännön mukaan niitä pitäisi olla vähintään ${shownBound}. Päätteet toimivat.`,
  pressesAbove: (n, shown, within) => `${answers(n, shown)} ${within}.`,
  streak: (_n, shown) => `${shown} erittäin tyytyväistä vastausta peräkkäin.`,
  terminalState: (terminal, state, since) => `${terminal}: ${state}${since === undefined ? '' : ` (alkoi ${since})`}.`,
  suspects: {
    sent: (terminal, n, shown, within, reasons) => {
      if (n === 0) return `${terminal}: ei yhtään mahdotonta painallusta ${within}.`;
      const presses = n === 1 ? 'painallus, jota' : 'painallusta, joita';
      return `${terminal}: ${within} ${shown} ${presses} mikään paneeli ei voi lähettää (${reasons}).`;
    },
    pace: (shown) => `nopeammin kuin neljää painiketta voi painaa: ${shown}`,
    ahead: (shown) => `kello yli vuorokauden edellä: ${shown}`,
    todo: 'Tällaiset painallukset lasketaan mukaan niin kuin muutkin vastaukset. Tarkista pääte, sen kello ja kuka voi lähettää sen nimissä. Jätä painallukset pois käsin, jos kukaan ei ole painanut.',
  },
  share: (share, range) => `Tyytymättömiä tai erittäin tyytymättömiä ${share} (95 %:n luottamusväli ${range}).`,
  fewAnswers:
    'Vastauksia on alle 10: se on liian vähän prosenttiluvulle, ja yksikin vastaus lisää voisi muuttaa kuvaa.',
  faults: (codes) => `Viat: ${codes}`,
  unassigned: 'ei palvelupisteessä',
  states: { open: 'Avoin', acknowledged: 'Kuitattu', closed: 'Suljettu' },
  closedBecause: {
    recovered: 'Tilanne meni ohi',
    'by-hand': 'Suljettiin käsin',
    'rule-gone': 'Sääntö ei enää koske tätä kohdetta',
  },
  mail: {
    subjectOpened: (title) => `Hälytys: ${title}`,
    subjectRecovered: (title) => `Ohi: ${title}`,
    subjectTest: 'Hymiö: koeviesti',
    test: (rule) => `Tämä on koeviesti. Säännön ”${rule}” hälytykset tulevat sinulle näin.`,
    openedAt: (moment) => `Hälytys avautui ${moment}.`,
    recoveredAt: (moment) => `Tilanne on ollut ohi ${moment} alkaen.`,
    acknowledgedBy: (by, moment) => `${by} kuittasi hälytyksen ${moment}.`,
    closedAt: (moment) => `Hälytys suljettiin ${moment}.`,
    numbers: 'Vastaukset hälytyksen avautuessa',
    openAlert: 'Katso hälytystä',
    why: (rule) => `Saat tämän viestin, koska osoitteesi on säännön ”${rule}” vastaanottajissa.`,
  },
};
