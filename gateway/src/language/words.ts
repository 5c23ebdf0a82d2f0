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

/** Intl is slow to make, and a gateway speaks three languages in one zone. */
const known = new Map<string, Words>();

/** Words of a language in an IANA zone. */
export function words(language: Language, zone: string): Words {
  const key = `${language} ${zone}`;
  const held = known.get(key);
  if (held !== undefined) return held;
  const made = { language, messages: CATALOGUES[language], formats: formats(language, zone) };
  known.set(key, made);
  return made;
}
