import type { Language } from '../registry/registry.js';
import { CATALOGUES } from './catalogues.js';
import { type Formats, formats } from './formats.js';
import type { Messages } from './messages.js';

/** Everything that is needed to say something in one language, with times of one zone. */
export interface Words {
  language: Language;
  messages: Messages;
  formats: Formats;
}

/** Words of a language in an IANA zone. */
export function words(language: Language, zone: string): Words {
  return { language, messages: CATALOGUES[language], formats: formats(language, zone) };
}
