/** User and password of an address, and values of fields that are named like secrets. */
const IN_ADDRESS = /(\w+:\/\/)[^\s/@"]+@/g;
const NAMED = /("?\w*(?:password|secret|token|passphrase)\w*"?\s*[:=]\s*)("[^"]*"|[^\s,}]+)/gi;

/** The text without what looks like a secret. */
export function maskSecrets(text: string): string {
  return text.replaceAll(IN_ADDRESS, '$1…@').replaceAll(NAMED, '$1"…"');
}
