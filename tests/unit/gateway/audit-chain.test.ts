import { CHAIN_START, ChainCheck, type ChangeLogEntry, canonicalJson, chainHash, headOf } from '@hymio/gateway';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const said = fc.record(
  {
    at: fc.integer(),
    who: fc.string({ unit: 'binary' }),
    what: fc.constantFrom('import', 'prune', 'put-staff-note'),
    subject: fc.record({ kind: fc.constantFrom('group' as const, 'store' as const), id: fc.string() }),
    why: fc.string({ unit: 'binary' }),
    before: fc.jsonValue(),
    after: fc.jsonValue(),
  },
  { requiredKeys: ['at', 'who', 'what', 'subject'] },
);

function chained(entries: readonly Omit<ChangeLogEntry, 'id' | 'hash'>[]): ChangeLogEntry[] {
  const log: ChangeLogEntry[] = [];
  for (const entry of entries) {
    const numbered = { ...entry, id: log.length + 1 };
    log.push({ ...numbered, hash: chainHash(headOf(log.at(-1)).hash, numbered) });
  }
  return log;
}

function check(entries: readonly ChangeLogEntry[], sought?: string): ChainCheck {
  const chain = new ChainCheck(sought);
  for (const entry of entries) if (!chain.add(entry)) break;
  return chain;
}

/** The log and a place in it. */
const logAndPlace = fc
  .array(said, { minLength: 1, maxLength: 8 })
  .map(chained)
  .chain((log) => fc.record({ log: fc.constant(log), at: fc.nat(log.length - 1) }));

describe('the chain of the log of changes', () => {
  it('is intact as it was written, and holds every head that was ever noted', () => {
    fc.assert(
      fc.property(logAndPlace, ({ log, at }) => {
        const chain = check(log, log[at]?.hash);
        expect(chain.brokenAt).toBeUndefined();
        expect(chain.head).toEqual(headOf(log.at(-1)));
        expect(chain.foundAt).toBe(at + 1);
        // The same entries from a file, where names may stand in another order.
        expect(check(JSON.parse(JSON.stringify(log))).head).toEqual(chain.head);
      }),
    );
  });

  it('names an entry in which anything was changed', () => {
    const changes = fc.constantFrom<(entry: ChangeLogEntry) => ChangeLogEntry>(
      (entry) => ({ ...entry, at: entry.at + 1 }),
      (entry) => ({ ...entry, who: `${entry.who}.` }),
      (entry) => ({ ...entry, what: 'exclude' }),
      (entry) => ({ ...entry, id: entry.id + 1 }),
      (entry) => ({ ...entry, subject: { ...entry.subject, id: `${entry.subject.id}x` } }),
      (entry) => ({ ...entry, subject: { ...entry.subject, kind: 'terminal' } }),
      (entry) => ({ ...entry, why: `${entry.why ?? ''}!` }),
      (entry) => ({ ...entry, before: [entry.before ?? null] }),
      (entry) => ({ ...entry, after: { was: entry.after ?? null } }),
      (entry) => ({ ...entry, hash: chainHash(entry.hash, entry) }),
    );
    fc.assert(
      fc.property(logAndPlace, changes, ({ log, at }, change) => {
        const tampered = log.map((entry, index) => (index === at ? change(entry) : entry));
        const { brokenAt, head } = check(tampered);
        expect([brokenAt, head]).toEqual([at + 1, headOf(log[at - 1])]);
      }),
    );
  });

  it('names where an entry was taken out, put in twice, or changed places with the next', () => {
    fc.assert(
      fc.property(logAndPlace, ({ log, at }) => {
        const twice = [...log.slice(0, at + 1), ...log.slice(at)];
        expect(check(twice).brokenAt).toBe(at + 2);
        const without = [...log.slice(0, at), ...log.slice(at + 1)];
        if (at < log.length - 1) expect(check(without).brokenAt).toBe(at + 1);
        const [one, other] = log.slice(at, at + 2);
        if (one === undefined || other === undefined) return;
        expect(check([...log.slice(0, at), other, one, ...log.slice(at + 2)]).brokenAt).toBe(at + 1);
      }),
    );
  });

  it('that was cut off, or written anew, lacks the head that was noted', () => {
    fc.assert(
      fc.property(logAndPlace, ({ log, at }) => {
        const noted = log.at(-1)?.hash ?? '';
        const cut = check(log.slice(0, at), noted);
        expect([cut.brokenAt, cut.foundAt]).toEqual([undefined, undefined]);
        const anew = check(
          chained(log.map((entry, index) => (index === at ? { ...entry, who: 'Mallory!' } : entry))),
          noted,
        );
        expect([anew.brokenAt, anew.foundAt]).toEqual([undefined, undefined]);
      }),
    );
  });

  it('begins at a fixed value, and is what docs/operations.md says', () => {
    expect(check([], CHAIN_START).foundAt).toBe(0);
    // Worked out with sha256sum of the text in the document.
    const entry = { id: 1, at: 0, who: 'Aino', what: 'import', subject: { kind: 'group', id: 'a' } } as const;
    expect(canonicalJson(entry)).toBe(
      '{"at":0,"id":1,"subject":{"id":"a","kind":"group"},"what":"import","who":"Aino"}',
    );
    expect(chainHash(CHAIN_START, entry)).toBe('b1e92c436e83c4635a979f54a91ceb17ef7f3c5499e4dc95ef0deb33d20a188e');
  });
});
