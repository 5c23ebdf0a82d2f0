import { createHash, timingSafeEqual } from 'node:crypto';

/** Bits of chance in a secret: guessing is hopeless, so a plain hash is enough and a slow one would only cost time. */
const SECRET_BYTES = 32;
const TOKEN = /^hymio_(\d{1,15})_([A-Za-z0-9_-]{43})$/;

/** A new secret; `random` gives so many unpredictable bytes. */
export function makeTokenSecret(random: (bytes: number) => Buffer): string {
  return random(SECRET_BYTES).toString('base64url');
}

/** What is kept of a secret: its SHA-256, as hex. */
export function hashTokenSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** What its owner gets: `hymio_7_…`. The number says whose secret it is, so that a look-up tells nothing of it. */
export function tokenText(id: number, secret: string): string {
  return `hymio_${id}_${secret}`;
}

/** The parts of a token; undefined where the text is none. */
export function readTokenText(text: string): { id: number; secret: string } | undefined {
  const [, id, secret] = TOKEN.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id: Number(id), secret };
}

/** Takes as long whatever differs. */
export function isSecretOf(secret: string, hash: string): boolean {
  const given = Buffer.from(hashTokenSecret(secret));
  const held = Buffer.from(hash);
  return given.length === held.length && timingSafeEqual(given, held);
}
