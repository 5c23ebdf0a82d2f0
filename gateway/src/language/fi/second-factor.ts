import type { SecondFactorMessages } from '../messages/second-factor-messages.js';

export const secondFactor: SecondFactorMessages = {
  title: 'Kaksivaiheinen kirjautuminen',
  lead: 'Salasanan jälkeen sinulta kysytään koodi, jonka puhelimesi sovellus näyttää. Silloin pelkällä salasanallasi ei pääse sisään kukaan muu.',
  isOn: 'Kaksivaiheinen kirjautuminen on käytössä.',
  isOff: 'Kaksivaiheinen kirjautuminen ei ole käytössä.',
  setUp: 'Ota kaksivaiheinen kirjautuminen käyttöön',
  switchOff: 'Poista kaksivaiheinen kirjautuminen käytöstä',
  passwordFirst: 'Kirjoita ensin salasanasi.',
  scanTitle: 'Lisää Hymiö sovellukseen',
  scanLead:
    'Lue koodi sovelluksella. Jos luet tätä puhelimella, avaa sen sijaan alla oleva linkki. Jos kumpikaan ei onnistu, valitse sovelluksessa ”anna asetusavain” ja kirjoita avain. Mikä tahansa kirjautumiskoodeja näyttävä sovellus käy.',
  qrCode: 'QR-koodi, jossa on asetusavain; avain on alla myös tekstinä.',
  openApp: 'Avaa tämän laitteen sovelluksessa',
  secret: 'Asetusavain',
  code: 'Koodi',
  firstCodeHint: 'Kuusi numeroa, jotka sovellus näyttää juuri nyt.',
  confirm: 'Ota käyttöön',
  wrongFirst:
    'Tämä ei ole tämän hetken koodi. Kirjoita koodi, jonka sovellus näyttää nyt. Jos se ei auta, tarkista puhelimen kello.',
  recoveryTitle: 'Säilytä nämä varakoodit',
  recoveryLead:
    'Kaksivaiheinen kirjautuminen on käytössä. Jos puhelimesi katoaa, voit kirjautua jollakin näistä koodeista; kukin toimii kerran. Tulosta tai kirjoita ne muistiin ja säilytä turvallisessa paikassa: niitä ei näytetä uudelleen.',
  recoveryDone: 'Olen ottanut koodit talteen',
  switchOffLead: 'Sen jälkeen kirjaudut pelkällä salasanalla. Myös varakoodisi lakkaavat toimimasta.',
  codeOrRecovery: 'Koodi tai varakoodi',
  codeHint: 'Kuusi numeroa, jotka sovellus näyttää juuri nyt, tai jokin talteen ottamistasi varakoodeista.',
  wrongCode: 'Koodi on väärä, liian vanha tai jo käytetty. Odota, että sovellus näyttää seuraavan.',
  switchedOff: 'Kaksivaiheinen kirjautuminen on poistettu käytöstä.',
  stepTitle: 'Kirjoita koodi',
  stepLead: 'Salasana oli oikein. Kirjoita nyt koodi, jonka puhelimesi sovellus näyttää.',
  lost: 'Jos sinulla ei ole puhelinta eikä varakoodeja, pyydä apua ylläpitäjältä.',
  beginAnew: 'Kirjaudu uudelleen alusta: kirjautuminen kesti liian kauan tai koodi oli väärin liian monta kertaa.',
  wait: (seconds) =>
    seconds < 90
      ? `Liian monta väärää koodia. Yritä uudelleen ${seconds} sekunnin kuluttua.`
      : `Liian monta väärää koodia. Yritä uudelleen ${Math.ceil(seconds / 60)} minuutin kuluttua.`,
};
