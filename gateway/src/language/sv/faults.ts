import type { StateMessages } from '../messages.js';

const REPLUG = 'Dra ur panelens kabel ur lådan, sätt i den ordentligt igen och vänta en minut.';

export const faults: StateMessages['faults'] = {
  'journal-damaged': {
    what: 'Svarens minne var skadat. Det som gick att läsa räddades, och nya svar sparas igen.',
    todo: 'Meddela IT-stödet: minneskortet bör bytas snart. Anmärkningen försvinner när terminalen startas om.',
  },
  'journal-of-another-terminal': {
    what: 'Minneskortet innehåller en annan terminals svar. De lades åt sidan oskadda.',
    todo: 'Meddela IT-stödet: kortet eller filen ska tillbaka till den terminal som den hör till.',
  },
  'journal-full': {
    what: 'Disken är full: svar sparas inte och ingen får tack.',
    todo: 'Meddela IT-stödet: diskutrymme måste frigöras. Sedan fortsätter terminalen av sig själv.',
  },
  'journal-unwritable': {
    what: 'Det går inte att skriva på disken: svar sparas inte och ingen får tack.',
    todo: 'Bryt strömmen till terminalen och koppla på den igen. Hjälper det inte, meddela IT-stödet: minneskortet är troligen utslitet.',
  },
  'journal-forget-failed': {
    what: 'Gamla svar som redan har levererats kan inte rensas bort.',
    todo: 'Meddela IT-stödet: oftast är disken nästan full.',
  },
  'press-unreadable': {
    what: 'Enstaka svar gick inte att läsa från minneskortet. De räknas som förlorade.',
    todo: 'Meddela IT-stödet: minneskortet ska bytas.',
  },
  'press-set-aside': {
    what: 'Gatewayen avvisade enstaka svar. De finns kvar i terminalen.',
    todo: 'Rapportera det till IT-stödet: det finns ett fel i något av programmen.',
  },
  'epoch-refused': {
    what: 'Gatewayen avvisar en hel serie svar, oftast för att minneskortet är en kopia av en annan terminals.',
    todo: 'Meddela IT-stödet: varje terminal behöver ett eget minneskort.',
  },
  'duplicate-terminal-id': {
    what: 'En annan apparat använder samma terminal-id, och de två bryter varandras förbindelse.',
    todo: 'Meddela IT-stödet: den ena apparaten måste få ett eget id.',
  },
  'broker-refused': {
    what: 'Meddelandeförmedlaren godkänner inte terminalens inloggning.',
    todo: 'Meddela IT-stödet: kontrollera användarnamn, lösenordsfil och behörigheter.',
  },
  'broker-unreachable': {
    what: 'Terminalen nådde inte meddelandeförmedlaren.',
    todo: 'Kontrollera nätkabeln eller det trådlösa nätet. Terminalen försöker hela tiden på nytt.',
  },
  'certificate-expired': {
    what: 'Terminalens certifikat har gått ut, och meddelandeförmedlaren släpper inte in den längre. Svaren sparas i terminalen.',
    todo: 'Meddela IT-stödet: om certifikatet inte förnyas av sig självt inom en timme måste terminalen registreras på nytt.',
  },
  'certificate-refused': {
    what: 'Meddelandeförmedlaren godkänner inte terminalens certifikat.',
    todo: 'Meddela IT-stödet: terminalen har stängts ute eller måste registreras på nytt.',
  },
  'certificate-not-renewed': {
    what: 'Terminalens certifikat borde förnyas, men det lyckades inte. Terminalen försöker igen.',
    todo: 'Meddela IT-stödet: detaljen berättar vad som är i vägen.',
  },
  'identity-unreadable': {
    what: 'Terminalen kan inte läsa sitt eget certifikat.',
    todo: 'Meddela IT-stödet: terminalen måste registreras på nytt.',
  },
  'clock-not-set': {
    what: 'Terminalens klocka är inte ställd, så terminalen kan inte kontrollera vem meddelandeförmedlaren är.',
    todo: 'Meddela IT-stödet: terminalen behöver en tidsserver som den når.',
  },
  'broker-not-trusted': {
    what: 'Det som svarar på meddelandeförmedlarens adress är inte den förmedlare som terminalen litar på.',
    todo: 'Meddela IT-stödet: kontrollera förmedlarens adress och certifikat.',
  },
  'config-invalid': {
    what: 'Inställningarna som sändes till terminalen är felaktiga; de senaste fungerande gäller.',
    todo: 'Meddela IT-stödet: inställningarna måste rättas.',
  },
  'config-not-saved': {
    what: 'Nya inställningar kunde inte sparas i terminalen.',
    todo: 'Meddela IT-stödet: disken bör kontrolleras.',
  },
  'settings-damaged': {
    what: 'De inställningar som sparats i terminalen kunde inte läsas. Terminalens egen konfiguration gäller tills nya kommer.',
    todo: 'Ingenting behöver göras. Om det händer igen, kontakta it-stödet: kontrollera disken.',
  },
  'panel-not-found': { what: 'Lådan hittar inte sin knappanel: inga svar tas emot.', todo: REPLUG },
  'panel-several-found': {
    what: 'Flera apparater är inkopplade, och lådan vet inte vilken som är panelen: inga svar tas emot.',
    todo: 'Koppla ur det som inte är panelen, eller be IT-stödet ange panelens port i inställningarna.',
  },
  'panel-permission-denied': {
    what: 'Programmet får inte använda panelen: inga svar tas emot.',
    todo: 'Meddela IT-stödet: terminalens användare saknar behörighet.',
  },
  'panel-line-busy': {
    what: 'Ett annat program använder panelen: inga svar tas emot.',
    todo: 'Bryt strömmen till terminalen och koppla på den igen. Hjälper det inte, meddela IT-stödet.',
  },
  'panel-wrong-port': {
    what: 'Det som är inkopplat är inte en panel: inga svar tas emot.',
    todo: 'Sätt panelen i rätt uttag eller meddela IT-stödet.',
  },
  'panel-silent': {
    what: 'Panelen svarar inte: inga svar tas emot.',
    todo: `${REPLUG} Hjälper det inte är panelen trasig.`,
  },
  'panel-wrong-firmware': {
    what: 'Panelens program passar inte: inga svar tas emot.',
    todo: 'Meddela IT-stödet: panelens program måste installeras på nytt.',
  },
  'panel-unplugged': { what: 'Panelens kabel har lossnat: inga svar tas emot.', todo: REPLUG },
  'panel-reset': {
    what: 'Panelen startade om och tas i bruk på nytt.',
    todo: 'Händer det ofta är panelens kabel eller strömmatning dålig: meddela IT-stödet.',
  },
  'panel-tool-missing': {
    what: 'Ett systemprogram som panelen behöver saknas: inga svar tas emot.',
    todo: 'Meddela IT-stödet: beskrivningen säger vilket paket som ska installeras.',
  },
  'panel-failed': {
    what: 'Panelen har slutat fungera: inga svar tas emot. Lådan försöker öppna den igen.',
    todo: `${REPLUG} Hjälper det inte, meddela IT-stödet.`,
  },
  'panel-memory-full': {
    what: 'Panelens eget minne var fullt, och en del svar gick förlorade. Nu fungerar den igen.',
    todo: 'Meddela IT-stödet: lådan var långsam eller borta för länge.',
  },
  'button-stuck': {
    what: 'En knapp har fastnat nedtryckt.',
    todo: 'Lossa knappen. Fastnar den igen måste den bytas.',
  },
  'button-chatter': {
    what: 'Kontakten i en knapp är sliten och glappar.',
    todo: 'Låt byta knappen.',
  },
  'button-suspicious': {
    what: 'En av knapparna har inte tryckts på flera veckor, fast de andra har det.',
    todo: 'Tryck på den en gång: tacklampan ska tändas. Gör den inte det måste knappen bytas.',
  },
  internal: {
    what: 'Terminalens program har råkat ut för ett eget fel.',
    todo: 'Rapportera det till IT-stödet med beskrivningen.',
  },
};
