export const PAGE_LANGUAGES = ['fi', 'sv', 'en'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

export interface ButtonTexts {
  languageName: string;
  title: string;
  question: string;
  demo: string;
  /** Names of the four ratings, 0 … 3. */
  ratings: readonly [string, string, string, string];
  thanks: string;
  kept: (seq: number, epoch: string) => string;
  notKept: (code: string) => string;
  repeats: string;
}

/** Texts of the page with the four buttons. */
export const BUTTON_TEXTS: Record<PageLanguage, ButtonTexts> = {
  fi: {
    languageName: 'Suomi',
    title: 'Neljä nappia',
    question: 'Millainen käyntisi oli?',
    demo: 'Tämä on esittely. Painallus kulkee samaa tietä kuin oikean päätelaitteen napista.',
    ratings: ['Erittäin tyytymätön', 'Tyytymätön', 'Tyytyväinen', 'Erittäin tyytyväinen'],
    thanks: 'Kiitos!',
    kept: (seq, epoch) => `Tallessa: jakson ${epoch} painallus ${seq}.`,
    notKept: (code) => `Painallus ei tallentunut (${code}). Yritä uudelleen.`,
    repeats: 'Alle viiden sekunnin päästä edellisestä painettu merkitään toistoksi eikä sitä lasketa.',
  },
  sv: {
    languageName: 'Svenska',
    title: 'Fyra knappar',
    question: 'Hur var ditt besök?',
    demo: 'Det här är en demonstration. Tryckningen går samma väg som från en riktig terminals knapp.',
    ratings: ['Mycket missnöjd', 'Missnöjd', 'Nöjd', 'Mycket nöjd'],
    thanks: 'Tack!',
    kept: (seq, epoch) => `Sparad som tryckning ${seq} i perioden ${epoch}.`,
    notKept: (code) => `Tryckningen sparades inte (${code}). Försök igen.`,
    repeats: 'En tryckning mindre än fem sekunder efter den förra märks som upprepning och räknas inte.',
  },
  en: {
    languageName: 'English',
    title: 'Four buttons',
    question: 'How was your visit?',
    demo: 'This is a demonstration. A press goes the same way as one on a real terminal.',
    ratings: ['Very unhappy', 'Unhappy', 'Happy', 'Very happy'],
    thanks: 'Thank you!',
    kept: (seq, epoch) => `Kept as press ${seq} of epoch ${epoch}.`,
    notKept: (code) => `The press was not kept (${code}). Please try again.`,
    repeats: 'A press less than five seconds after the last one is marked as a repeat and not counted.',
  },
};

/** The language asked for, or the first of the browser's that we have, or Finnish. */
export function chooseLanguage(asked: string | null, acceptLanguage: string | undefined): PageLanguage {
  const wanted = [
    asked ?? '',
    ...(acceptLanguage ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase()),
  ];
  for (const language of wanted) {
    const known = PAGE_LANGUAGES.find((each) => each === language);
    if (known !== undefined) return known;
  }
  return 'fi';
}
