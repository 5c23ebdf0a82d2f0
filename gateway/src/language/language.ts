import { LANGUAGES, type Language, type LocalizedText } from '../registry/registry.js';

export const DEFAULT_LANGUAGE: Language = 'fi';

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/**
 * The language of an answer: the one asked for in the address, else the one chosen earlier (a cookie), else the best of
 * Accept-Language (RFC 9110 §12.5.4), else Finnish. A language that we do not have is passed over.
 */
export function chooseLanguage(
  asked: string | undefined,
  acceptLanguage: string | undefined,
  remembered?: string,
): Language {
  if (isLanguage(asked)) return asked;
  if (isLanguage(remembered)) return remembered;
  const ranges = (acceptLanguage ?? '').split(',').map((part, index) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find((q) => q !== undefined);
    return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight), index };
  });
  const known = ranges.filter(({ language, weight }) => isLanguage(language) && weight > 0);
  const best = known.sort((a, b) => b.weight - a.weight || a.index - b.index)[0]?.language;
  return isLanguage(best) ? best : DEFAULT_LANGUAGE;
}

/** The text in that language, or else in the first that it is given in. */
export function localized(text: LocalizedText, language: Language): string {
  const order = [language, ...LANGUAGES];
  return order.map((one) => text[one]).find((one) => one !== undefined) ?? '';
}
