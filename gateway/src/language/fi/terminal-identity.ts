import type { TerminalIdentityMessages } from '../messages/terminal-identity-messages.js';

export const terminalIdentity: TerminalIdentityMessages = {
  title: 'Varmenne',
  lead: 'Varmenteellaan pääte todistaa olevansa juuri tämä pääte. Ensimmäisen varmenteen se saa koodilla, joka näppäillään siihen kerran.',
  notHere: 'Tämä yhdyskäytävä ei anna päätteille varmenteita.',
  none: 'Päätteellä ei ole varmennetta.',
  until: (moment) => `Varmenne on voimassa ${moment} asti.`,
  enrolled: (moment) => `Pääte sai sen koodilla ${moment}.`,
  renewed: (moment) => `Pääte uusi sen ${moment}.`,
  renewsByItself: 'Pääte uusii sen ajoissa itse.',
  ranOut: (moment) => `Varmenne vanheni ${moment}.`,
  shutOut: (moment) => `Varmenne peruttiin ${moment}: pääte on suljettu ulos.`,
  codeOpen: (moment) => `Koodi on luotu, mutta sitä ei ole käytetty. Se on voimassa ${moment} asti.`,
  makeTitle: 'Luo koodi',
  makeHint:
    'Koodi toimii kerran, 24 tunnin ajan ja vain tässä päätteessä. Kun se käytetään, päätteen aiemmat varmenteet eivät enää kelpaa.',
  replacesHint: 'Nyt voimassa oleva koodi ei sen jälkeen enää toimi.',
  make: 'Luo koodi',
  codeTitle: (terminal) => `Päätteen ${terminal} koodi`,
  codeLead: 'Koodi:',
  codeOnce: 'Se näytetään vain nyt. Jos se katoaa, luo uusi.',
  codeUntil: (moment) => `Se toimii kerran, ${moment} asti.`,
  typeTitle: 'Kirjoita päätteessä',
  typeHint: 'Korvaa terminal.yaml päätteen asetustiedostolla.',
  back: 'Takaisin päätteeseen',
  withdraw: 'Peru koodi',
  withdrawn: 'Koodi ei enää toimi.',
  shutOutLink: 'Sulje tämä pääte ulos',
  shutOutTitle: (terminal) => `Suljetaanko pääte ${terminal} ulos?`,
  shutOutLead:
    'Sen varmenteet ja käyttämätön koodi lakkaavat heti kelpaamasta. Tee näin, jos pääte on varastettu tai kadonnut. Päätteen voi päästää takaisin luomalla uuden koodin ja rekisteröimällä sen uudelleen.',
  shutOutKept: 'Kaikki saapuneet vastaukset säilyvät. Vastaukset, jotka ovat vielä päätteessä, eivät enää saavu.',
  shutOutWithoutTls:
    'Tämä sulkee päätteen ulos vain, jos päätteiltä vaaditaan varmenne (mqtt.tls). Oma viestinvälittäjä saa siitä tiedon komennolla ”hymio-gateway mosquitto-config”.',
  confirm: 'Sulje ulos',
  done: 'Pääte on suljettu ulos.',
  nothing: 'Päätteellä ei ole varmennetta eikä koodia, joten siltä ei ole mitään otettavaa pois.',
};
