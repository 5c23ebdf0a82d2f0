import { HymioError } from '@hymio/protocol';
import { isLanguage } from '../../language/language.js';
import { LANGUAGES, type Language } from '../../registry/registry.js';

export type PosterLanguages = readonly [Language, Language];

/** Reads `fi,sv`: two languages, the larger one first. Errors: HymioError `not-two-languages`. */
export function parsePosterLanguages(text: string): PosterLanguages {
  const [first, second, ...more] = text.split(',').map((one) => one.trim());
  if (isLanguage(first) && isLanguage(second) && first !== second && more.length === 0) return [first, second];
  throw new HymioError(
    'not-two-languages',
    `A poster speaks two languages, which ${JSON.stringify(text)} is not.`,
    `Name two different ones of ${LANGUAGES.join(', ')}, such as fi,sv.`,
  );
}

/** The language of who asks, and the other one of the country. */
export function usualPosterLanguages(language: Language): PosterLanguages {
  return [language, language === 'fi' ? 'sv' : 'fi'];
}
