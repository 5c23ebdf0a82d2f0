/**
 * JSON that is the same for equal values, however they were made: names sorted, no white space, what JSON cannot hold left
 * out or `null` as by JSON.stringify (RFC 8785, with halves of characters replaced as a file in UTF-8 would).
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(wellFormed(value));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, member]) => `${JSON.stringify(wellFormed(name))}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** As it comes back from a file in UTF-8: halves of characters become U+FFFD. */
export function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
