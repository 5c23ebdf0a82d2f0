import { readFileSync } from 'node:fs';
import { HymioError } from '@hymio/protocol';

/** The content of a file that holds one secret. `key`: what names it in the configuration. Error: `config-invalid`. */
export function readSecret(file: string, key: string): string {
  const secret = readText(file, key);
  if (secret !== '') return secret;
  throw new HymioError('config-invalid', `The file ${file} of ${key} is empty.`, 'Write the secret into it.');
}

function readText(file: string, key: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch (error) {
    throw new HymioError(
      'config-invalid',
      `The file ${file} of ${key} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      `Make ${key} name a file that this user can read.`,
      { cause: error },
    );
  }
}
