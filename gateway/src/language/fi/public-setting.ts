import type { PublicSettingMessages } from '../messages.js';

export const publicSetting: PublicSettingMessages = {
  title: (name) => `Julkinen näkymä: ${name}`,
  lead: 'Palvelupisteen tulos voidaan näyttää kaikille verkkosivuna, aulanäytöllä ja muille sivuille upotettuna.',
  isOn: 'Tulos on nyt julkinen.',
  isOff: 'Tulos ei ole julkinen.',
  enabled: 'Näytä tulos julkisesti',
  enabledHint:
    'Julkaistu viikon osa ei enää muutu, vaikka vastauksia saapuu myöhässä tai niitä jätetään pois luvuista.',
  parts: 'Mitä näytetään tuloksen lisäksi',
  question: 'Esitetty kysymys',
  faces: 'Vastausten määrä hymiöittäin',
  facesHint: 'Pienet määrät piilotetaan aina.',
  changes: 'Mitä muutimme palautteesi ansiosta',
  changesHint: 'Tekstit ovat palvelupisteen muistiinpanoissa.',
  savedOn: 'Tallennettu. Tulos on nyt julkinen.',
  savedOff: 'Tallennettu. Tulos ei ole julkinen.',
  addresses: 'Osoitteet',
  page: 'Verkkosivu',
  screen: 'Aulanäyttö',
  widget: 'Upotettava tulos',
  embed: 'Upotus toiselle sivulle',
  embedNote: 'Kieli: lang=fi, sv tai en. Ulkoasu: theme=light tai dark. Läpinäkyvä tausta: background=transparent.',
  embedForbidden:
    'Mikään sivusto ei saa vielä upottaa tulosta. Ylläpitäjä sallii sen asetuksilla public.frameAncestors ja http.publicUrl.',
  smallNumbers:
    'Alle viiden vastauksen määriä ei näytetä, eikä alle kymmenestä vastauksesta tulosta. Kuluvan viikon tulos päivittyy aina vähintään 50 vastausta kerrallaan.',
};
