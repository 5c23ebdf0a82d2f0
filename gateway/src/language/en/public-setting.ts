import type { PublicSettingMessages } from '../messages.js';

export const publicSetting: PublicSettingMessages = {
  title: (name) => `Public view: ${name}`,
  lead: 'The result of a service point can be shown to everybody: as a web page, on a screen in the lobby, and embedded in other pages.',
  isOn: 'The result is public now.',
  isOff: 'The result is not public.',
  enabled: 'Show the result publicly',
  enabledHint:
    'A published part of a week no longer changes, even if answers arrive late or are left out of the numbers.',
  parts: 'What is shown besides the result',
  question: 'The question that was asked',
  faces: 'How many answers each smiley got',
  facesHint: 'Small counts are always hidden.',
  changes: 'What we changed because of you',
  changesHint: 'The texts are among the notes of the service point.',
  savedOn: 'Saved. The result is public now.',
  savedOff: 'Saved. The result is not public.',
  addresses: 'Addresses',
  page: 'Web page',
  screen: 'Lobby screen',
  widget: 'Embedded result',
  embed: 'Embedding in another page',
  embedNote: 'Language: lang=fi, sv or en. Look: theme=light or dark. Transparent background: background=transparent.',
  embedForbidden:
    'No site may embed the result yet. The operator allows it with the settings public.frameAncestors and http.publicUrl.',
  smallNumbers:
    'Counts below five are not shown, nor a result of fewer than ten answers. The running week’s result moves by at least 50 answers at a time.',
};
