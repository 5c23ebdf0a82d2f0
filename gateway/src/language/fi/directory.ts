import type { DirectoryMessages } from '../messages/directory-messages.js';

export const directory: DirectoryMessages = {
  logInBy: (name) => `Kirjaudu: ${name}`,
  failedTitle: 'Kirjautuminen ei onnistunut',
  unreachable:
    'Kirjautumispalvelu ei juuri nyt vastaa. Yritä hetken kuluttua uudelleen. Jos sinulla on Hymiön salasana, voit kirjautua sillä.',
  beginAnew: 'Kirjautuminen kesti liian kauan, tai se aloitettiin toisessa ikkunassa. Aloita alusta.',
  refused: 'Kirjautumispalvelu hylkäsi kirjautumisen. Se ilmoittaa:',
  noRoleTitle: 'Sinulla ei ole oikeuksia Hymiöön',
  noRole: (name) => `Olet kirjautunut tunnuksella ${name}, mutta sille ei ole annettu oikeuksia Hymiöön.`,
  noRoleNext:
    'Pyydä organisaatiosi käyttäjähallintaa lisäämään sinut ryhmään, joka saa käyttää Hymiötä. Kirjaudu sitten uudelleen.',
  backToLogin: 'Takaisin kirjautumiseen',
  loggedOutHere: 'Olet kirjautunut ulos Hymiöstä.',
  logOutThere: (name) => `Kirjaudu ulos myös täältä: ${name}`,
  passwordThere: 'Kirjaudut organisaatiosi tunnuksella. Sen salasana vaihdetaan organisaatiosi omassa palvelussa.',
};
