import type { ReportMessages } from '../messages.js';

export const definitions: ReportMessages['definitionTexts'] = {
  answers: {
    term: 'Svar (n)',
    text: 'Tryckningar på en smiley som inte är upprepade och inte har uteslutits.',
  },
  satisfied: {
    term: 'Nöjda',
    text: 'Andelen nöjda och mycket nöjda av alla svar. Konfidensintervallet är Wilsons på 95 %: om alla hade svarat skulle andelen troligen ligga inom det.',
  },
  'happy-index': {
    term: 'Happy Index',
    text: '0–100: 100 om alla svar är mycket nöjda, 0 om alla är mycket missnöjda. 100 × (3 × mycket nöjda + 2 × nöjda + 1 × missnöjda) / (3 × svar).',
  },
  change: {
    term: 'Förändring',
    text: 'Andelen nöjda minus andelen veckan före, i procentenheter, med Newcombes 95-procentiga intervall. Den kallas tydlig bara om intervallet inte innehåller 0.',
  },
  trend: {
    term: 'De senaste 12 veckorna',
    text: 'Andelen nöjda med konfidensintervall för varje vecka, den här veckan sist. En vecka med färre än 10 svar lämnas tom.',
  },
  'year-ago': {
    term: 'För ett år sedan',
    text: 'Veckan med samma nummer året innan. Förändringen och dess konfidensintervall räknas som vid jämförelsen med föregående vecka.',
  },
  hours: {
    term: 'Klockslag som avviker',
    text: 'Pearsons chitvåtest jämför andelen nöjda mellan timmarna under öppettiderna. En timme avviker om den skiljer sig från alla andra tillsammans (|z| > 1,96) och testet som helhet ligger under p = 0,05.',
  },
  'heat-map': {
    term: 'Veckodagar och timmar',
    text: 'Andelen nöjda varje timme av varje dag inom öppettiderna. För en timme med färre än 10 svar visas antal: 2/3 betyder två nöjda av tre. Enskilda timmar varierar mycket av en slump.',
  },
  ranking: {
    term: 'Plats',
    text: 'Efter andelen nöjda, dragen mot det gemensamma medelvärdet: (W × medelvärde + n × egen) / (W + n), där W är medelantalet svar per serviceställe. Ett ställe med få svar blir alltså inte bäst eller sämst av en slump.',
  },
  coverage: {
    term: 'Täckning',
    text: 'Andel av öppettiden då terminalen med säkerhet fungerade. Om inga öppettider har angetts räknas alla timmar.',
  },
  'down-days': {
    term: 'Ur bruk',
    text: 'Dagar då terminalen inte med säkerhet fungerade under minst 15 minuter av öppettiden, och hur länge.',
  },
  alerts: {
    term: 'Larm',
    text: 'Larm som öppnades under veckan. Ett larm öppnas när en gräns som har ställts in överskrids, och berättar hur det såg ut då.',
  },
  repeats: {
    term: 'Upprepad tryckning',
    text: 'En tryckning så snart efter den förra på samma terminal (inom 5 sekunder, om inget annat har ställts in) att det troligen är samma person. Den sparas men räknas inte.',
  },
  excluded: {
    term: 'Utelämnad för hand',
    text: 'Tryckningar under en tid som någon har uteslutit med angiven orsak: städning, installatörens test, skadegörelse. De sparas, ingår inte i någon annan siffra och kan tas tillbaka.',
  },
  estimated: {
    term: 'Uppskattad tid',
    text: 'Terminalens klocka var inte säker vid tryckningen. Svaret räknas, men timmen eller dagen kan vara en annan.',
  },
  lost: {
    term: 'Förlorad',
    text: 'Tryckningar som en terminal tog emot men inte längre kan leverera, till exempel för att minneskortet gick sönder. De ingår inte i någon siffra.',
  },
  'small-numbers': {
    term: 'Få svar',
    text: 'Under 10 svar visas inget procenttal, bara antal: en enda person till skulle ändra det för mycket.',
  },
  corrections: {
    term: 'Rättelse',
    text: 'Tryckningar kan komma för sent och kan i efterhand utelämnas eller räknas på ett annat ställe. En rapport jämför de fyra föregående veckorna med vad som senast stod om dem i en rapport som skickats, och nämner varje ändring en gång.',
  },
};
