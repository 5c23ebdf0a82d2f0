import { type OpeningHours, onDays, workdays } from '../visitors/opening-hours.js';

/** A text in the three languages of the demo. */
export interface DemoText {
  fi: string;
  sv: string;
  en: string;
}

/** A service point of the demo and the terminal in its lobby. */
export interface DemoPlace {
  id: string;
  terminal: string;
  group: string;
  name: DemoText;
  openingHours: OpeningHours;
  visitsPerWeek: number;
  satisfaction: number;
}

export const DEMO_ZONE = 'Europe/Helsinki';

const CLINIC_HOURS = workdays(8, 16);
const OFFICE_HOURS = workdays(9, 15);

/** Twelve lobbies of an invented city of Helsinki's kind, from 11 visits a week to 108 a day. */
export const DEMO_PLACES: readonly DemoPlace[] = [
  place(
    'kallio',
    'health-station',
    'health-stations',
    text('Kallion terveysasema', 'Berghälls hälsostation', 'Kallio health station'),
    CLINIC_HOURS,
    540,
    0.79,
  ),
  place(
    'toolo',
    'health-station',
    'health-stations',
    text('Töölön terveysasema', 'Tölö hälsostation', 'Töölö health station'),
    CLINIC_HOURS,
    300,
    0.86,
  ),
  place(
    'malmi',
    'health-station',
    'health-stations',
    text('Malmin terveysasema', 'Malms hälsostation', 'Malmi health station'),
    CLINIC_HOURS,
    260,
    0.77,
  ),
  place(
    'vuosaari',
    'health-station',
    'health-stations',
    text('Vuosaaren terveysasema', 'Nordsjö hälsostation', 'Vuosaari health station'),
    workdays(8, 18),
    220,
    0.74,
  ),
  place(
    'itakeskus',
    'dental-clinic',
    'dental-clinics',
    text('Itäkeskuksen hammashoitola', 'Östra centrums tandklinik', 'Itäkeskus dental clinic'),
    CLINIC_HOURS,
    150,
    0.9,
  ),
  place(
    'haaga',
    'dental-clinic',
    'dental-clinics',
    text('Haagan hammashoitola', 'Haga tandklinik', 'Haaga dental clinic'),
    CLINIC_HOURS,
    90,
    0.88,
  ),
  place(
    'malmi',
    'child-clinic',
    'family-services',
    text('Malmin neuvola', 'Malms rådgivning', 'Malmi child health clinic'),
    CLINIC_HOURS,
    120,
    0.93,
  ),
  place(
    'lauttasaari',
    'child-clinic',
    'family-services',
    text('Lauttasaaren neuvola', 'Drumsö rådgivning', 'Lauttasaari child health clinic'),
    CLINIC_HOURS,
    70,
    0.91,
  ),
  place(
    'oulunkyla',
    'family-counselling',
    'family-services',
    text('Oulunkylän perheneuvola', 'Åggelby familjerådgivning', 'Oulunkylä family counselling'),
    OFFICE_HOURS,
    11,
    0.85,
  ),
  place(
    'itakeskus',
    'social-services',
    'social-services',
    text('Itäkeskuksen sosiaalipalvelut', 'Östra centrums socialservice', 'Itäkeskus social services'),
    OFFICE_HOURS,
    85,
    0.58,
  ),
  place(
    'kallio',
    'social-services',
    'social-services',
    text('Kallion sosiaalipalvelut', 'Berghälls socialservice', 'Kallio social services'),
    OFFICE_HOURS,
    60,
    0.64,
  ),
  place(
    'myllypuro',
    'senior-centre',
    'senior-services',
    text('Myllypuron seniorikeskus', 'Kvarnbäckens seniorcenter', 'Myllypuro senior centre'),
    onDays(['mon', 'tue', 'wed', 'thu', 'fri', 'sat'], 9, 17),
    100,
    0.94,
  ),
];

export interface DemoGroup {
  id: string;
  parent?: string;
  name: DemoText;
}
export const DEMO_GROUPS: readonly DemoGroup[] = [
  {
    id: 'city',
    name: text('Sosiaali- ja terveyspalvelut', 'Social- och hälsovårdstjänster', 'Health and social services'),
  },
  { id: 'health-care', parent: 'city', name: text('Terveyspalvelut', 'Hälsovårdstjänster', 'Health services') },
  { id: 'health-stations', parent: 'health-care', name: text('Terveysasemat', 'Hälsostationer', 'Health stations') },
  { id: 'dental-clinics', parent: 'health-care', name: text('Hammashoitolat', 'Tandkliniker', 'Dental clinics') },
  { id: 'family-services', parent: 'city', name: text('Perhepalvelut', 'Familjetjänster', 'Family services') },
  {
    id: 'social-services',
    parent: 'city',
    name: text('Aikuisten sosiaalipalvelut', 'Socialservice för vuxna', 'Adult social services'),
  },
  { id: 'senior-services', parent: 'city', name: text('Seniorikeskukset', 'Seniorcenter', 'Senior centres') },
];

export const DEMO_QUESTIONS: readonly { id: string; text: DemoText }[] = [
  { id: 'visit', text: text('Millainen käyntisi oli?', 'Hur var ditt besök?', 'How was your visit?') },
  {
    id: 'service',
    text: text('Saitko tarvitsemasi avun?', 'Fick du den hjälp du behövde?', 'Did you get the help you needed?'),
  },
];

/** The terminal at which a visitor of the demo presses. */
export const OWN_TERMINAL = 'lauttasaari-child-clinic-1';
/** Shows its result to everybody. */
export const PUBLIC_PLACE = 'kallio-health-station';
/** What was changed there because of the answers. */
export const DEMO_CHANGE: DemoText = text(
  'Aamun ruuhkaan on tullut toinen ilmoittautumispiste: jono aulassa on puolittunut.',
  'En andra anmälningsdisk är öppen på morgonen: kön i aulan har halverats.',
  'A second desk is open in the mornings: the queue in the lobby is half as long.',
);
/** Silent since yesterday: a quiet place, so that silence and a dead terminal are told apart only by its state. */
export const SILENT_TERMINAL = 'oulunkyla-family-counselling-1';
/** Stood without power for three days of last week. */
export const UNPLUGGED_TERMINAL = 'haaga-dental-clinic-1';

function place(
  district: string,
  kind: string,
  group: string,
  name: DemoText,
  openingHours: OpeningHours,
  visitsPerWeek: number,
  satisfaction: number,
): DemoPlace {
  const id = `${district}-${kind}`;
  return { id, terminal: `${id}-1`, group, name, openingHours, visitsPerWeek, satisfaction };
}

function text(fi: string, sv: string, en: string): DemoText {
  return { fi, sv, en };
}
