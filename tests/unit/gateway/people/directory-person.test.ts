import { claimOf, directorySchema, freeName, personOf } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

const SUBJECT = { issuer: 'https://login.example.org', subject: 's-1' };
const KNOWN = new Set(['health', 'social']);
const BASE = {
  issuer: SUBJECT.issuer,
  clientId: 'hymio',
  name: { fi: 'Tunnus', sv: 'Konto', en: 'Account' },
  roles: {
    claim: 'groups',
    map: {
      all: { role: 'viewer' },
      health: { role: 'staff', groups: ['health'] },
      social: { role: 'staff', groups: ['social', 'gone'] },
      gone: { role: 'admin', groups: ['gone'] },
    },
  },
};
const config = directorySchema.parse(BASE);
const rights = (groups: unknown) => {
  const { role, groups: in_ } = personOf(SUBJECT, { groups }, config, KNOWN);
  return [role, in_];
};

describe('what claims make of somebody', () => {
  it('is the highest role, in the groups that give it, of those that there are', () => {
    expect(rights(['all'])).toEqual(['viewer', undefined]);
    expect(rights('all')).toEqual(['viewer', undefined]);
    expect(rights(['all', 'health'])).toEqual(['staff', ['health']]);
    expect(rights(['social', 'health', 'other'])).toEqual(['staff', ['health', 'social']]);
    expect(rights(['gone', 'all'])).toEqual(['viewer', undefined]);
  });

  it('is nothing where nothing fits: never more than what is written', () => {
    for (const claim of [undefined, null, [], {}, 7, [['all']], 'ALL', ' all', ['gone'], 'constructor', '__proto__']) {
      expect([claim, ...rights(claim)]).toEqual([claim, undefined, undefined]);
    }
  });

  it('takes names that can be names here, else one from the subject', () => {
    const name = (claims: object) => personOf(SUBJECT, { ...claims }, config, KNOWN);
    expect(name({ preferred_username: 'Åsa@Example.org', name: 'Åsa' })).toMatchObject({
      name: 'åsa@example.org',
      displayName: 'Åsa',
    });
    for (const bad of [undefined, '', 'a b', '<b>', 'x'.repeat(300), 5]) {
      const { name: made, displayName } = name({ preferred_username: bad, name: bad === '<b>' ? '' : bad });
      expect(made).toMatch(/^user-[0-9a-f]{12}$/);
      expect(displayName).not.toBe('');
    }
    const other = personOf({ ...SUBJECT, subject: 's-2' }, {}, config, KNOWN);
    expect(other.name).not.toBe(name({}).name);
  });

  it('is found by the name of the claim, or by a path', () => {
    expect(claimOf({ 'https://x.example/roles': 1 }, 'https://x.example/roles')).toBe(1);
    expect(claimOf({ realm_access: { roles: ['a'] } }, 'realm_access.roles')).toEqual(['a']);
    expect(claimOf({ realm_access: null }, 'realm_access.roles')).toBeUndefined();
    expect(claimOf({}, 'constructor.name')).toBeUndefined();
  });

  it('leaves a name to who has it', () => {
    const taken = new Set(['a', 'a-2', 'x'.repeat(64)]);
    expect(freeName('a', (name) => taken.has(name))).toBe('a-3');
    expect(freeName('x'.repeat(64), (name) => taken.has(name))).toBe(`${'x'.repeat(62)}-2`);
  });
});

describe('settings of a directory', () => {
  const faults = (more: object) => directorySchema.safeParse({ ...BASE, ...more }).error?.issues[0]?.message;

  it('say https, but on this machine itself', () => {
    for (const issuer of ['https://login.example.org/realms/city', 'http://127.0.0.1:8080', 'http://[::1]:1']) {
      expect([issuer, faults({ issuer })]).toEqual([issuer, undefined]);
    }
    for (const issuer of ['http://login.example.org', 'http://127.0.0.1.example.org', 'http://10.0.0.1']) {
      expect(faults({ issuer })).toMatch(/must begin with https/);
    }
    expect(faults({ issuer: 'https://user@login.example.org' })).toMatch(/no user/);
    expect(faults({ issuer: 'login.example.org' })).toMatch(/write it as/);
  });

  it('have openid among the scopes, a role for a value, and nothing misspelt', () => {
    expect(faults({ scopes: ['profile'] })).toMatch(/openid/);
    expect(faults({ roles: { claim: 'groups', map: {} } })).toMatch(/at least one/);
    expect(faults({ secret: 'x' })).toMatch(/secret/);
  });
});
