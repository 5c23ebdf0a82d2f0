import type { DirectoryMessages } from '../messages/directory-messages.js';

export const directory: DirectoryMessages = {
  logInBy: (name) => `Logga in: ${name}`,
  failedTitle: 'Inloggningen lyckades inte',
  unreachable:
    'Inloggningstjänsten svarar inte just nu. Försök igen om en stund. Den som har ett lösenord till Hymiö kan logga in med det.',
  beginAnew: 'Inloggningen tog för lång tid eller påbörjades i ett annat fönster. Börja om.',
  refused: 'Inloggningstjänsten avvisade inloggningen. Den meddelar:',
  noRoleTitle: 'Du har inga rättigheter i Hymiö',
  noRole: (name) => `Du är inloggad som ${name}, men har inte fått några rättigheter i Hymiö.`,
  noRoleNext:
    'Be dem som sköter användarkontona i din organisation att lägga till dig i en grupp som får använda Hymiö. Logga sedan in igen.',
  backToLogin: 'Tillbaka till inloggningen',
  loggedOutHere: 'Du har loggat ut från Hymiö.',
  logOutThere: (name) => `Logga ut även här: ${name}`,
  passwordThere: 'Du loggar in med din organisations konto. Lösenordet byts i organisationens egen tjänst.',
};
