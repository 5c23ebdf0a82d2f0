import { LoginThrottle, PasswordHashes, passwordFault } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

const LISTED = new Set(['password', 'qwertyuiop', 'liverpoolfc']);
const judge = (password: string, names: string[] = []) => passwordFault(password, names, (one) => LISTED.has(one));

describe('what a password must be', () => {
  it('is twelve characters, counted as people count them, and nothing else of its kind', () => {
    expect(judge('elevenchars')).toBe('too-short');
    expect(judge('kolme pientä')).toBeUndefined();
    // As some keyboards compose them: twelve characters of two code points each are twelve, eleven are too few.
    expect(judge('ä'.normalize('NFD').repeat(11))).toBe('too-short');
    expect(judge('🙂🙂🙂🙂🙂🙂')).toBe('too-short');
    expect(judge('x y '.repeat(64))).not.toBe('too-long');
    expect(judge(`${'x y '.repeat(64)}z`)).toBe('too-long');
  });

  it('is not on a list, nor what is there with digits or signs around it, or over and over', () => {
    for (const known of [
      'PasswordPassword',
      'password1234',
      '!!Qwertyuiop2026',
      '1234liverpoolfc',
      'aaaaaaaaaaaaaa',
      '123456123456',
    ]) {
      expect(judge(known), known).toBe('common');
    }
    expect(judge('password of an aunt')).toBeUndefined();
  });

  it('is not the name of whom it protects', () => {
    expect(judge('Maija.Virtanen26', ['maija.virtanen', 'Maija Virtanen'])).toBe('about-oneself');
    expect(judge('virtaset maijan luona', ['maija.virtanen'])).toBeUndefined();
  });
});

describe('hashes of passwords', () => {
  it('are argon2id, differ each time, and know the password however its characters were composed', async () => {
    const hashes = new PasswordHashes();
    const [one, other] = await Promise.all([hashes.make('kahvia äidille'), hashes.make('kahvia äidille')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    expect(await hashes.isPasswordOf('kahvia äidille'.normalize('NFD'), one)).toBe(true);
    expect(await hashes.isPasswordOf('kahvia isälle', one)).toBe(false);
    expect(await hashes.isPasswordOf('nobody has this password', undefined)).toBe(false);
  });
});

describe('how long somebody waits who does not know the password', () => {
  const fail = (throttle: LoginThrottle, account: string, address: string, times: number, now = 0) => {
    for (let i = 0; i < times; i++) throttle.begin(account, address, now);
  };

  it('is nothing at first, then longer each time, and at most a quarter of an hour', () => {
    const throttle = new LoginThrottle();
    fail(throttle, 'maija', 'a', 4);
    expect(throttle.waitMs('maija', 'a', 0)).toBe(0);
    const waits = [1, 2, 3].map(() => {
      throttle.begin('maija', 'a', 0);
      return throttle.waitMs('maija', 'a', 0);
    });
    expect(waits).toEqual([2_000, 4_000, 8_000]);
    fail(throttle, 'maija', 'a', 40);
    expect(throttle.waitMs('maija', 'a', 0)).toBe(15 * 60_000);
    expect(throttle.waitMs('maija', 'a', 15 * 60_000)).toBe(0);
  });

  it('is no matter to who comes from elsewhere, until an account is tried from everywhere: then a minute at most', () => {
    const throttle = new LoginThrottle();
    fail(throttle, 'maija', 'attacker', 45);
    expect(throttle.waitMs('maija', 'home', 0)).toBe(0);
    for (let i = 0; i < 1_000; i++) throttle.begin('maija', `bot ${i}`, 0);
    expect(throttle.waitMs('maija', 'home', 0)).toBe(60_000);
  });

  it('grows for an address that tries one account after the other', () => {
    const throttle = new LoginThrottle();
    for (let i = 0; i < 30; i++) throttle.begin(`name ${i}`, 'a', 0);
    expect(throttle.waitMs('somebody', 'a', 0)).toBe(5 * 60_000);
    expect(throttle.waitMs('somebody', 'b', 0)).toBe(0);
  });

  it('is the same for every address of a network of IPv6, and for each of IPv4', () => {
    const blocked = (from: readonly string[], other: string) => {
      const throttle = new LoginThrottle();
      for (let i = 0; i < 30; i++) throttle.begin(`name ${i}`, from[i % from.length] ?? '', 0);
      return throttle.waitMs('somebody', other, 0) > 0;
    };
    const network = Array.from({ length: 30 }, (_, i) => `2001:db8:1:2:${i.toString(16)}::${(i * 999).toString(16)}`);
    expect(blocked(network, '2001:db8:1:2:ffff:ffff:ffff:ffff')).toBe(true);
    expect(blocked(network, '2001:DB8:1:2::1%eth0')).toBe(true);
    expect(blocked(network, '2001:db8:1:3::1')).toBe(false);
    expect(blocked(['2001:db8::1'], '2001:db8:0:0:9::')).toBe(true);
    expect(blocked(['::ffff:10.0.0.5'], '10.0.0.5')).toBe(true);
    expect(blocked(['::ffff:a00:5'], '10.0.0.5')).toBe(true);
    expect(blocked(['::ffff:10.0.0.5'], '::ffff:10.0.0.6')).toBe(false);
    expect(blocked(['10.0.0.5'], '10.0.0.6')).toBe(false);
  });

  it('ends with a login, and is forgotten after a day', () => {
    const throttle = new LoginThrottle();
    fail(throttle, 'maija', 'a', 8);
    throttle.succeeded('maija', 'a');
    expect(throttle.waitMs('maija', 'a', 0)).toBe(0);
    fail(throttle, 'otso', 'b', 9);
    fail(throttle, 'otso', 'b', 1, 25 * 3_600_000);
    expect(throttle.waitMs('otso', 'b', 25 * 3_600_000)).toBe(0);
  });
});
