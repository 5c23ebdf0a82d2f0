import type { PublicSettingMessages } from '../messages.js';

export const publicSetting: PublicSettingMessages = {
  title: (name) => `Offentlig vy: ${name}`,
  lead: 'Servicepunktens resultat kan visas för alla: som webbsida, på en skärm i aulan och inbäddat på andra sidor.',
  isOn: 'Resultatet är offentligt nu.',
  isOff: 'Resultatet är inte offentligt.',
  enabled: 'Visa resultatet offentligt',
  enabledHint:
    'En publicerad del av veckan ändras inte längre, även om svar kommer in för sent eller utesluts ur siffrorna.',
  parts: 'Vad som visas utöver resultatet',
  question: 'Frågan som ställdes',
  faces: 'Antal svar per smiley',
  facesHint: 'Små antal döljs alltid.',
  changes: 'Det här har vi ändrat tack vare er',
  changesHint: 'Texterna finns bland servicepunktens anteckningar.',
  savedOn: 'Sparat. Resultatet är offentligt nu.',
  savedOff: 'Sparat. Resultatet är inte offentligt.',
  addresses: 'Adresser',
  page: 'Webbsida',
  screen: 'Skärm i aulan',
  widget: 'Inbäddat resultat',
  embed: 'Bädda in på en annan sida',
  embedNote:
    'Språk: lang=fi, sv eller en. Utseende: theme=light eller dark. Genomskinlig bakgrund: background=transparent.',
  embedForbidden:
    'Ingen webbplats får ännu bädda in resultatet. Den som driver systemet tillåter det med public.frameAncestors och http.publicUrl.',
  smallNumbers:
    'Antal under fem visas inte, och inget resultat av färre än tio svar. Den pågående veckans resultat ändras med minst 50 svar åt gången.',
};
