import type { PeopleMessages } from '../messages.js';

export const people: PeopleMessages = {
  logIn: 'Kirjaudu sisään',
  logOut: 'Kirjaudu ulos',
  account: 'Oma tili',
  name: 'Käyttäjätunnus',
  password: 'Salasana',
  wrong: 'Käyttäjätunnus tai salasana on väärin.',
  wait: (seconds) =>
    seconds < 90
      ? `Liian monta yritystä. Yritä uudelleen ${seconds} sekunnin kuluttua tai pyydä ylläpitäjältä uusi linkki.`
      : `Liian monta yritystä. Yritä uudelleen ${Math.ceil(seconds / 60)} minuutin kuluttua tai pyydä ylläpitäjältä uusi linkki.`,
  loggedOut: 'Olet kirjautunut ulos.',
  ended: 'Olet kirjautunut ulos kaikkialta.',
  displayName: 'Nimi',
  displayNameHint: 'Näin muut näkevät sen.',
  nameHint: 'Kirjautumista varten: kirjaimia, numeroita ja merkkejä . _ @ + -, esimerkiksi maija.virtanen.',
  language: 'Kieli',
  languageOfBrowser: 'Selaimen mukaan',
  passwordTitle: 'Salasana',
  passwordHint:
    'Vähintään 12 merkkiä. Muutama toisiinsa liittymätön sana on helppo muistaa. Muut kirjautumisesi päättyvät.',
  oldPassword: 'Nykyinen salasana',
  newPassword: 'Uusi salasana',
  oldWrong: 'Nykyinen salasana on väärin.',
  setPassword: 'Aseta salasana',
  setFor: (name) => `Käyttäjätunnukselle ${name}.`,
  firstLead: 'Sinusta tulee ensimmäinen ylläpitäjä. Tästä lähtien kaikkien on kirjauduttava sisään.',
  passwordSet: 'Salasana on asetettu.',
  passwordFaults: {
    'too-short': 'Salasanassa on alle 12 merkkiä.',
    'too-long': 'Salasanassa on yli 256 merkkiä.',
    'about-oneself': 'Salasana muistuttaa liikaa omaa nimeäsi.',
    common: 'Tämä salasana on yleisesti tunnettu ja helppo arvata. Valitse toinen.',
  },
  linkSpentTitle: 'Linkki ei ole enää voimassa',
  linkSpentText: 'Se on jo käytetty, korvattu uudemmalla tai yli vuorokauden vanha. Pyydä ylläpitäjältä uusi linkki.',
  accountLead: (role) => `Roolisi: ${role}.`,
  roles: { viewer: 'katselija', staff: 'henkilökunta', admin: 'ylläpitäjä' },
  everywhere: 'Muut kirjautumiset',
  everywhereHint: 'Jos uloskirjautuminen on jossain unohtunut tai puhelin on kadonnut.',
  logOutEverywhere: 'Kirjaudu ulos kaikkialta',
  saved: 'Tilisi tiedot on tallennettu.',
  users: {
    add: 'Lisää käyttäjä',
    noPassword: 'ei vielä salasanaa',
    loginName: (name) => `Käyttäjätunnus: ${name}`,
    role: 'Rooli',
    roleHint:
      'Katselija lukee. Henkilökunta myös hoitaa hälytyksiä, kirjoittaa huomautuksia ja etsii päätteitä. Ylläpitäjä muuttaa kaikkea.',
    groups: 'Vain nämä ryhmät',
    groupsHint: 'Kaikki valittujen ryhmien alla oleva mukaan lukien.',
    everywhere: 'Koko organisaatio',
    placesUnclear: 'Valitse joko koko organisaatio tai ne ryhmät, jotka käyttäjä saa nähdä.',
    endsLogins: 'Jos rooli tai ryhmät muuttuvat, käyttäjä kirjataan ulos.',
    endTitle: 'Kirjautumiset',
    endHint: 'Käyttäjä kirjataan heti ulos kaikkialta, ja hän voi kirjautua uudelleen.',
    end: 'Kirjaa ulos kaikkialta',
    ended: 'Käyttäjä on kirjattu ulos kaikkialta.',
    removeHint: 'Käyttäjä kirjataan ulos, eikä hän pääse enää sisään. Muutoslokiin jää, mitä hän on tehnyt.',
    ofDirectory: 'kirjautuu organisaation tunnuksella',
    directoryRules:
      'Käyttäjä kirjautuu organisaation tunnuksella. Hänen nimensä ja oikeutensa tulevat organisaation hakemistosta, ja niitä muutetaan siellä. Jos hänet poistetaan vain täältä, hän palaa seuraavalla kirjautumisella.',
    linkTitle: 'Uusi salasana',
    linkHint:
      'Luo linkin, jolla salasanan voi asettaa kerran vuorokauden kuluessa. Samalla toinen tunniste poistuu käytöstä.',
    makeLink: 'Luo linkki',
    linkMade: (name) =>
      `Anna tämä linkki käyttäjälle ${name}. Se toimii kerran vuorokauden kuluessa, eikä sitä näytetä uudelleen:`,
    nameTaken: 'Tämänniminen käyttäjä on jo olemassa.',
    firstIsAdmin: 'Ensimmäisen käyttäjän on oltava koko organisaation ylläpitäjä.',
    notSelf: 'Omia oikeuksiaan ei voi muuttaa eikä itseään poistaa. Pyydä toista ylläpitäjää.',
    lastAdmin:
      'Hän on viimeinen koko organisaation ylläpitäjä, joka voi kirjautua sisään. Lisää ensin toinen ja varmista, että tämä asettaa salasanansa.',
  },
};
