import type { StateMessages } from '../messages.js';

const REPLUG = 'Irrota paneelin johto laitteesta, kytke se uudelleen kunnolla kiinni ja odota minuutti.';

export const faults: StateMessages['faults'] = {
  'journal-damaged': {
    what: 'Vastausten muisti oli vioittunut. Luettavissa olleet vastaukset pelastettiin, ja uudet tallentuvat taas.',
    todo: 'Ilmoita IT-tukeen: muistikortti kannattaa vaihtaa pian. Ilmoitus häviää, kun pääte käynnistetään uudelleen.',
  },
  'journal-of-another-terminal': {
    what: 'Muistikortilla on toisen päätteen vastauksia. Ne siirrettiin vahingoittumattomina sivuun.',
    todo: 'Ilmoita IT-tukeen: kortti tai tiedosto kuuluu takaisin siihen päätteeseen, jonka se on.',
  },
  'journal-full': {
    what: 'Levy on täynnä: vastauksia ei tallenneta eikä niistä kiitetä.',
    todo: 'Ilmoita IT-tukeen: levytilaa on vapautettava. Sen jälkeen pääte jatkaa itsestään.',
  },
  'journal-unwritable': {
    what: 'Levylle ei voi kirjoittaa: vastauksia ei tallenneta eikä niistä kiitetä.',
    todo: 'Katkaise päätteestä virta ja kytke se takaisin. Ellei se auta, ilmoita IT-tukeen: muistikortti on luultavasti kulunut loppuun.',
  },
  'journal-forget-failed': {
    what: 'Vanhoja, jo perille toimitettuja vastauksia ei voi siivota pois.',
    todo: 'Ilmoita IT-tukeen: useimmiten levy on lähes täynnä.',
  },
  'press-unreadable': {
    what: 'Yksittäisiä vastauksia ei voitu lukea muistikortilta. Ne lasketaan menetetyiksi.',
    todo: 'Ilmoita IT-tukeen: muistikortti pitää vaihtaa.',
  },
  'press-set-aside': {
    what: 'Yhdyskäytävä hylkäsi yksittäisiä vastauksia. Ne ovat tallessa päätteessä.',
    todo: 'Ilmoita IT-tukeen: jommassakummassa ohjelmassa on virhe.',
  },
  'epoch-refused': {
    what: 'Yhdyskäytävä hylkää kokonaisen vastaussarjan, useimmiten siksi, että muistikortti on kopio toisen päätteen kortista.',
    todo: 'Ilmoita IT-tukeen: jokainen pääte tarvitsee oman muistikorttinsa.',
  },
  'duplicate-terminal-id': {
    what: 'Toinen laite käyttää samaa päätetunnusta, ja laitteet katkovat toistensa yhteyttä.',
    todo: 'Ilmoita IT-tukeen: toiselle laitteista on annettava oma tunnus.',
  },
  'broker-refused': {
    what: 'Viestinvälittäjä ei hyväksy päätteen kirjautumista.',
    todo: 'Ilmoita IT-tukeen: tarkistettava on käyttäjätunnus, salasanatiedosto ja käyttöoikeudet.',
  },
  'broker-unreachable': {
    what: 'Pääte ei saanut yhteyttä viestinvälittäjään.',
    todo: 'Tarkista verkkojohto tai langaton verkko. Pääte yrittää koko ajan uudelleen.',
  },
  'certificate-expired': {
    what: 'Päätteen varmenne on vanhentunut, eikä viestinvälittäjä enää päästä päätettä sisään. Vastaukset säilyvät päätteessä.',
    todo: 'Ilmoita IT-tukeen: ellei varmenne uusiudu itsestään tunnin kuluessa, pääte on rekisteröitävä uudelleen.',
  },
  'certificate-refused': {
    what: 'Viestinvälittäjä ei hyväksy päätteen varmennetta.',
    todo: 'Ilmoita IT-tukeen: pääte on suljettu ulos, tai se on rekisteröitävä uudelleen.',
  },
  'certificate-not-renewed': {
    what: 'Päätteen varmenne pitäisi uusia, mutta se ei onnistunut. Pääte yrittää uudelleen.',
    todo: 'Ilmoita IT-tukeen: lisätieto kertoo, mikä on esteenä.',
  },
  'identity-unreadable': {
    what: 'Pääte ei pysty lukemaan omaa varmennettaan.',
    todo: 'Ilmoita IT-tukeen: pääte on rekisteröitävä uudelleen.',
  },
  'clock-not-set': {
    what: 'Päätteen kello ei ole ajassa, joten pääte ei voi tarkistaa, kuka viestinvälittäjä on.',
    todo: 'Ilmoita IT-tukeen: pääte tarvitsee aikapalvelimen, johon se saa yhteyden.',
  },
  'broker-not-trusted': {
    what: 'Viestinvälittäjän osoitteessa ei vastaa se välittäjä, johon pääte luottaa.',
    todo: 'Ilmoita IT-tukeen: tarkistakaa välittäjän osoite ja varmenne.',
  },
  'config-invalid': {
    what: 'Päätteelle lähetetyissä asetuksissa on virhe; viimeksi toimineet ovat voimassa.',
    todo: 'Ilmoita IT-tukeen: asetukset on korjattava.',
  },
  'config-not-saved': {
    what: 'Uusia asetuksia ei voitu tallentaa päätteeseen.',
    todo: 'Ilmoita IT-tukeen: levy on tarkistettava.',
  },
  'settings-damaged': {
    what: 'Päätteeseen tallennettuja asetuksia ei voitu lukea. Laitteen omat asetukset ovat voimassa, kunnes uudet saapuvat.',
    todo: 'Mitään ei tarvitse tehdä. Jos tämä toistuu, kerro IT-tuelle: levy on tarkistettava.',
  },
  'panel-not-found': { what: 'Laite ei löydä painikepaneelia: vastauksia ei voi antaa.', todo: REPLUG },
  'panel-several-found': {
    what: 'Laitteeseen on kytketty useita lisälaitteita, eikä se tiedä, mikä niistä on paneeli: vastauksia ei voi antaa.',
    todo: 'Irrota muut kuin paneeli, tai pyydä IT-tukea nimeämään paneelin portti asetuksissa.',
  },
  'panel-permission-denied': {
    what: 'Ohjelmalla ei ole oikeutta käyttää paneelia: vastauksia ei voi antaa.',
    todo: 'Ilmoita IT-tukeen: päätteen käyttäjältä puuttuu oikeuksia.',
  },
  'panel-line-busy': {
    what: 'Toinen ohjelma käyttää paneelia: vastauksia ei voi antaa.',
    todo: 'Katkaise päätteestä virta ja kytke se takaisin. Ellei se auta, ilmoita IT-tukeen.',
  },
  'panel-wrong-port': {
    what: 'Laitteeseen ei ole kytketty paneelia vaan jotain muuta: vastauksia ei voi antaa.',
    todo: 'Kytke paneeli oikeaan liittimeen tai ilmoita IT-tukeen.',
  },
  'panel-silent': {
    what: 'Paneeli ei vastaa: vastauksia ei voi antaa.',
    todo: `${REPLUG} Ellei se auta, paneeli on rikki.`,
  },
  'panel-wrong-firmware': {
    what: 'Paneelin ohjelma ei ole sopiva: vastauksia ei voi antaa.',
    todo: 'Ilmoita IT-tukeen: paneelin ohjelma on asennettava uudelleen.',
  },
  'panel-unplugged': { what: 'Paneelin johto on irronnut: vastauksia ei voi antaa.', todo: REPLUG },
  'panel-reset': {
    what: 'Paneeli käynnistyi uudelleen ja sitä otetaan taas käyttöön.',
    todo: 'Jos tämä toistuu, paneelin johto tai virransyöttö on huono: ilmoita IT-tukeen.',
  },
  'panel-tool-missing': {
    what: 'Paneelin tarvitsema järjestelmäohjelma puuttuu: vastauksia ei voi antaa.',
    todo: 'Ilmoita IT-tukeen: tarkempi selitys kertoo, mikä paketti on asennettava.',
  },
  'panel-failed': {
    what: 'Paneeli lakkasi toimimasta: vastauksia ei voi antaa. Laite yrittää avata sen uudelleen.',
    todo: `${REPLUG} Ellei se auta, ilmoita IT-tukeen.`,
  },
  'panel-memory-full': {
    what: 'Paneelin oma muisti oli täynnä, ja osa vastauksista menetettiin. Nyt se toimii taas.',
    todo: 'Ilmoita IT-tukeen: laite oli liian kauan hidas tai poissa.',
  },
  'button-stuck': {
    what: 'Painike on jäänyt pohjaan.',
    todo: 'Vapauta painike. Jos se juuttuu uudelleen, se on vaihdatettava.',
  },
  'button-chatter': {
    what: 'Painikkeen kosketin on kulunut ja värisee.',
    todo: 'Vaihdata painike.',
  },
  'button-suspicious': {
    what: 'Yhtä painiketta ei ole painettu viikkoihin, vaikka muita on.',
    todo: 'Paina sitä kerran: kiitosvalon pitäisi syttyä. Ellei se syty, painike on vaihdatettava.',
  },
  internal: {
    what: 'Päätteen ohjelma kompastui omaan virheeseensä.',
    todo: 'Ilmoita IT-tukeen ja kerro tarkempi selitys.',
  },
};
