import type { ReportMessages } from '../messages.js';

export const definitions: ReportMessages['definitionTexts'] = {
  answers: {
    term: 'Vastaukset (n)',
    text: 'Hymiön painallukset, jotka eivät ole toistopainalluksia ja joita ei ole rajattu pois.',
  },
  satisfied: {
    term: 'Tyytyväisiä',
    text: 'Tyytyväisten ja erittäin tyytyväisten vastausten osuus kaikista vastauksista. Luottamusväli on Wilsonin 95 prosentin väli: jos kaikki olisivat vastanneet, osuus olisi todennäköisesti tällä välillä.',
  },
  'happy-index': {
    term: 'Happy Index',
    text: '0–100: 100, jos kaikki vastaukset ovat erittäin tyytyväisiä, ja 0, jos kaikki ovat erittäin tyytymättömiä. 100 × (3 × erittäin tyytyväiset + 2 × tyytyväiset + 1 × tyytymättömät) / (3 × vastaukset).',
  },
  change: {
    term: 'Muutos',
    text: 'Tyytyväisten osuus miinus edellisen viikon osuus prosenttiyksikköinä ja Newcomben 95 prosentin luottamusväli. Muutosta sanotaan selväksi vain, jos nolla ei kuulu väliin.',
  },
  trend: {
    term: 'Viimeiset 12 viikkoa',
    text: 'Tyytyväisten osuus luottamusväleineen kultakin viikolta, tämä viikko viimeisenä. Viikko, jolla on alle 10 vastausta, jää väliin.',
  },
  'year-ago': {
    term: 'Vuosi sitten',
    text: 'Edellisen vuoden samannumeroinen viikko. Muutos ja sen luottamusväli lasketaan kuten edelliseen viikkoon verrattaessa.',
  },
  hours: {
    term: 'Poikkeavat kellonajat',
    text: 'Pearsonin khiin neliö -testi vertaa tyytyväisten osuutta aukioloajan tunneittain. Tunti poikkeaa, jos se eroaa kaikista muista yhteensä (|z| > 1,96) ja koko testin p-arvo on alle 0,05.',
  },
  'heat-map': {
    term: 'Viikonpäivät ja tunnit',
    text: 'Tyytyväisten osuus kunkin päivän kunakin tuntina aukioloajalta. Alle 10 vastauksen tunnista näytetään määrät: 2/3 tarkoittaa kahta tyytyväistä kolmesta. Yksittäiset tunnit vaihtelevat paljon sattumalta.',
  },
  ranking: {
    term: 'Sija',
    text: 'Tyytyväisten osuuden mukaan, yhteistä keskiarvoa kohti tasoitettuna: (W × keskiarvo + n × oma) / (W + n), missä W on vastausten keskimäärä palvelupistettä kohti. Näin vähän vastauksia saanut paikka ei ole sattumalta paras eikä huonoin.',
  },
  coverage: {
    term: 'Kattavuus',
    text: 'Osuus aukioloajasta, jona päätteen tiedetään toimineen. Jos aukioloaikoja ei ole asetettu, kaikki tunnit lasketaan.',
  },
  'down-days': {
    term: 'Poissa käytöstä',
    text: 'Päivät, joina pääte ei tiettävästi toiminut vähintään 15 minuuttiin aukioloaikana, ja kuinka kauan.',
  },
  alerts: {
    term: 'Hälytykset',
    text: 'Viikolla auenneet hälytykset. Hälytys aukeaa, kun sille asetettu raja ylittyy, ja kertoo tilanteen sillä hetkellä.',
  },
  repeats: {
    term: 'Toistopainallus',
    text: 'Painallus, joka seuraa saman päätteen edellistä niin nopeasti (5 sekunnin sisällä, ellei toisin ole asetettu), että painaja on luultavasti sama. Se tallennetaan mutta sitä ei lasketa.',
  },
  excluded: {
    term: 'Käsin pois jätetty',
    text: 'Painallukset ajalta, jonka joku on syyn kera jättänyt pois: siivous, asentajan testi, ilkivalta. Ne säilyvät, eivät ole missään muussa luvussa, ja ne voi palauttaa.',
  },
  estimated: {
    term: 'Arvioitu aika',
    text: 'Päätteen kello ei ollut varma painalluksen hetkellä. Vastaus lasketaan, mutta sen tunti tai päivä voi olla toinen.',
  },
  lost: {
    term: 'Menetetty',
    text: 'Painallukset, jotka pääte otti vastaan mutta joita se ei enää voi toimittaa, esimerkiksi koska muistikortti rikkoutui. Ne eivät ole mukana missään luvussa.',
  },
  'small-numbers': {
    term: 'Vähän vastauksia',
    text: 'Alle 10 vastauksesta ei näytetä prosenttilukua, vain määrät: yksikin vastaaja muuttaisi sitä liikaa.',
  },
  corrections: {
    term: 'Korjaus',
    text: 'Painalluksia voi saapua myöhässä, ja niitä voidaan jälkikäteen jättää pois tai laskea toiseen paikkaan. Raportti vertaa neljää edellistä viikkoa siihen, mitä niistä viimeksi lähetetyssä raportissa sanottiin, ja kertoo kustakin muutoksesta kerran.',
  },
};
