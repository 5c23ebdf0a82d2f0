import type { AdminMessages } from '../messages.js';

export const adminFaults: AdminMessages['faults'] = {
  'listed-twice': (id) => `${id} står i listan mer än en gång.`,
  'id-taken': (id) => `Id:t ${id} är upptaget. Välj ett annat.`,
  'id-malformed': () =>
    'Använd 1–63 små bokstäver a–z, siffror och bindestreck; det första tecknet får inte vara ett bindestreck.',
  'name-missing': () => 'Ange ett namn på minst ett språk.',
  'text-missing': () => 'Frågan behöver en text på det här språket.',
  'unknown-parent': () => 'Gruppen finns inte längre.',
  'own-ancestor': () => 'En grupp kan inte höra till sig själv eller till en undergrupp.',
  'unknown-group': () => 'Gruppen finns inte längre.',
  'closes-before-it-opens': (day) => `${day}: det stänger innan det öppnar.`,
  'overlapping-hours': (day) => `${day}: öppettiderna överlappar varandra.`,
  'impossible-hours': (day) => `${day}: en dag slutar klockan 24:00.`,
  'impossible-date': (date) => (date === '' ? 'Tidpunkten är inte möjlig.' : `Det finns inget datum ${date}.`),
  'date-twice': (date) => `${date} står i listan två gånger.`,
  'unknown-service-point': () => 'Servicestället finns inte längre.',
  'unknown-question': () => 'Frågan finns inte längre.',
  'unknown-terminal': () => 'Det finns ingen sådan terminal.',
  'ends-before-it-begins': () => 'Slutet är före början.',
  'overlapping-assignments': () => 'Terminalen skulle stå på två platser samtidigt.',
  retired: () => 'Terminalen är ur bruk. Ta den i bruk igen först.',
  'not-retired': () => 'Terminalen är i bruk.',
  'in-the-future': () => 'Tidpunkten kan inte ligga i framtiden.',
  'nobody-stands-there': () => 'Här står ingen terminal vid den tiden. Flytta hit en först.',
  'reason-missing': () => 'Ange varför.',
  'group-in-use': (ids) => `Gruppen är inte tom (${ids}). Flytta eller ta bort det som finns i den först.`,
  'service-point-in-use': () =>
    'Siffror, anteckningar eller terminaler hör till servicestället, så det blir kvar. Ta bort terminalerna därifrån i stället.',
  'question-in-use': (ids) =>
    `Frågan ställs eller har ställts (${ids}), så den blir kvar. Ställ en annan fråga där i stället.`,
  'users-limited-to-it': (count) =>
    `Användare är begränsade till den här gruppen (${count}). Ändra eller ta bort dem först.`,
  'programs-limited-to-it': (count) =>
    `Programnycklar eller MQTT-konton gäller bara den här gruppen (${count}). It-stödet avslutar dem först.`,
  'reports-go-out': (count) => `Mottagare får dess veckorapport (${count}). Ändra eller ta bort dem först.`,
  gone: () => 'Någon annan har tagit bort detta under tiden.',
  'changed-meanwhile': () =>
    'Någon annan har ändrat detta under tiden. Det du skrev står nedan; sparar du igen ersätter det vad den andra sparade.',
};

export const refusals: AdminMessages['refusals'] = {
  'exclusion-empty': 'Slutet måste komma efter början.',
  'exclusion-unknown-target': 'Det finns ingen terminal och inget serviceställe med detta id.',
  'exclusion-begins-beyond-sight':
    'Vid den här tiden stod terminalen inte på ett ställe som du får se. Välj en senare början.',
  'exclusion-ends-beyond-sight':
    'Före det här flyttades terminalen bort från de ställen som du får se. Välj ett tidigare slut.',
  'exclusion-pruned':
    'De enskilda tryckningarna från den tiden har raderats; bara antalen finns kvar, och de kan inte ändras längre.',
  'exclusion-revoked': 'Någon annan har redan tagit tillbaka de här tryckningarna.',
  'note-empty': 'Skriv anteckningen på minst ett språk.',
  'note-span-empty': 'Slutet måste komma efter början.',
  'report-recipient-malformed': 'Skriv adressen som namn@example.org.',
  'report-recipient-without-reports': 'Välj minst en rapport.',
  'report-recipient-unknown-subject': 'Något av dessa finns inte längre. Ladda sidan på nytt.',
  'report-recipient-twice': 'Den här adressen får redan rapporter på det här språket. Ändra den mottagaren i stället.',
  'settings-refused': 'Dessa inställningar godtas inte. Håll dig inom gränserna.',
  'identity-needed':
    'Inga terminaler kan registreras än: gateway.yaml öppnar ingen adress för det. IT-stödet lägger till identity: { names: [hymio.example.org], listen: 0.0.0.0:8443 } och startar om gatewayen.',
  'no-enrolment-code':
    'Det finns ingen oanvänd kod längre: den har använts eller dragits tillbaka, eller så har ett dygn gått.',
  'no-certificate': 'Terminalen har varken certifikat eller kod.',
};
