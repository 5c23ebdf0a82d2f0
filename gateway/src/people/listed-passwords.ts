import { readFile } from 'node:fs/promises';
import { HymioError } from '@hymio/protocol';

/** Is a password, in lower case, on a list of those that are known? */
export type IsListed = (password: string) => boolean;

/**
 * The 49,000 passwords that are used most, of a library, and those of a file of the operator's, one a line. Read when
 * somebody sets a password, and not kept: that is seldom, and the lists are long. Error: HymioError `passwords-unreadable`.
 */
export async function readListedPasswords(file: string | undefined): Promise<IsListed> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const known = new Set(dictionary.passwords.map((password) => String(password).toLowerCase()));
  const own = file === undefined ? new Set<string>() : await readLines(file);
  return (password) => known.has(password) || own.has(password);
}

async function readLines(file: string): Promise<Set<string>> {
  try {
    const text = await readFile(file, 'utf8');
    return new Set(text.split(/\r?\n/).map((line) => line.normalize('NFC').toLowerCase()));
  } catch (error) {
    throw new HymioError(
      'passwords-unreadable',
      `The list of passwords ${file} cannot be read.`,
      'Make `people.breachedPasswordsFile` name a file that this user can read.',
      { cause: error },
    );
  }
}
