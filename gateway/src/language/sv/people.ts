import type { PeopleMessages } from '../messages.js';

export const people: PeopleMessages = {
  logIn: 'Logga in',
  logOut: 'Logga ut',
  account: 'Mitt konto',
  name: 'Användarnamn',
  password: 'Lösenord',
  wrong: 'Användarnamnet eller lösenordet är fel.',
  wait: (seconds) =>
    seconds < 90
      ? `För många försök. Försök igen om ${seconds} sekunder eller be en administratör om en ny länk.`
      : `För många försök. Försök igen om ${Math.ceil(seconds / 60)} minuter eller be en administratör om en ny länk.`,
  loggedOut: 'Du har loggat ut.',
  ended: 'Du är utloggad överallt.',
  displayName: 'Namn',
  displayNameHint: 'Så som andra ser det.',
  nameHint: 'För inloggningen: bokstäver, siffror och tecknen . _ @ + -, till exempel maija.virtanen.',
  language: 'Språk',
  languageOfBrowser: 'Enligt webbläsaren',
  passwordTitle: 'Lösenord',
  passwordHint: 'Minst 12 tecken. Några ord som inte hör ihop är lätta att minnas. Du loggas ut på alla andra ställen.',
  oldPassword: 'Nuvarande lösenord',
  newPassword: 'Nytt lösenord',
  oldWrong: 'Det nuvarande lösenordet är fel.',
  setPassword: 'Ange ett lösenord',
  setFor: (name) => `För användarnamnet ${name}.`,
  firstLead: 'Du blir den första administratören. Från och med nu måste alla logga in.',
  passwordSet: 'Lösenordet är angivet.',
  passwordFaults: {
    'too-short': 'Lösenordet är kortare än 12 tecken.',
    'too-long': 'Lösenordet är längre än 256 tecken.',
    'about-oneself': 'Lösenordet liknar ditt eget namn för mycket.',
    common: 'Lösenordet är allmänt känt och lätt att gissa. Välj ett annat.',
  },
  linkSpentTitle: 'Länken gäller inte längre',
  linkSpentText: 'Den har redan använts, ersatts av en nyare eller är äldre än ett dygn. Be en administratör om en ny.',
  accountLead: (role) => `Din roll: ${role}.`,
  roles: { viewer: 'läsare', staff: 'personal', admin: 'administratör' },
  everywhere: 'Andra inloggningar',
  everywhereHint: 'Om du har glömt att logga ut någonstans eller tappat en telefon.',
  logOutEverywhere: 'Logga ut överallt',
  saved: 'Ditt konto är sparat.',
};
