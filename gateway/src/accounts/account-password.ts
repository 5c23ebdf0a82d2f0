import { pbkdf2, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const SECRET_BYTES = 32;
const SALT_BYTES = 12;
const KEY_BYTES = 64;
/** As Mosquitto's own tool has it. A password of 256 bits of chance cannot be guessed, however quick each try is. */
const ITERATIONS = 101;

/** A password of 256 bits of chance. */
export function makeAccountPassword(randomBytes: (count: number) => Uint8Array): string {
  return Buffer.from(randomBytes(SECRET_BYTES)).toString('base64url');
}

/** `$7$iterations$salt$hash`: what Mosquitto 2.0 reads from a password file (PBKDF2 with SHA-512). */
export function hashAccountPassword(password: string, randomBytes: (count: number) => Uint8Array): string {
  const salt = Buffer.from(randomBytes(SALT_BYTES));
  const hash = pbkdf2Sync(password, salt, ITERATIONS, KEY_BYTES, 'sha512');
  return `$7$${ITERATIONS}$${salt.toString('base64')}$${hash.toString('base64')}`;
}

/** Whether that is the password; false for a hash of another form. */
export async function isAccountPassword(password: Uint8Array, held: string): Promise<boolean> {
  const [, form, iterations, salt = '', hash = ''] = held.split('$');
  if (form !== '7') return false;
  const wanted = Buffer.from(hash, 'base64');
  const given = await promisify(pbkdf2)(password, Buffer.from(salt, 'base64'), Number(iterations), KEY_BYTES, 'sha512');
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}
