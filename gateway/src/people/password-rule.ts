/** What is wrong with a password that somebody wants. */
export type PasswordFault = 'too-short' | 'too-long' | 'about-oneself' | 'common';

export const LEAST_PASSWORD = 12;
/** So that nobody has the gateway hash a book. */
export const MOST_PASSWORD = 256;

/**
 * Judges a password by length and by lists of those that are known, as NIST SP 800-63B-4 §3.1.1.2 wants it: no rule on
 * kinds of characters. `names`: how the user is called. `isListed`: stands on a list, in lower case.
 */
export function passwordFault(
  password: string,
  names: readonly string[],
  isListed: (password: string) => boolean,
): PasswordFault | undefined {
  const said = normalizedPassword(password);
  const length = [...said].length;
  if (length < LEAST_PASSWORD) return 'too-short';
  if (length > MOST_PASSWORD) return 'too-long';
  const lower = said.toLowerCase();
  if (names.some((name) => name !== '' && undecorated(lower) === undecorated(name.toLowerCase())))
    return 'about-oneself';
  const bases = [lower, undecorated(lower), repeatedPart(lower)];
  return bases.some((base) => base === '' || isListed(base)) ? 'common' : undefined;
}

/** The same characters, however the keyboard composed them. */
export function normalizedPassword(password: string): string {
  return password.normalize('NFC');
}

/** Without the digits and signs that people put around a word; empty where there is nothing else. */
function undecorated(text: string): string {
  return text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
}

/** `abcabcabc` → `abc`; one character over and over → nothing; what does not repeat stays. */
function repeatedPart(text: string): string {
  const [, part = text] = /^(.+?)\1+$/su.exec(text) ?? [];
  return [...part].length === 1 && part !== text ? '' : part;
}
