import { exposureFaults, gatewayConfigSchema, isLoopback, networksHold, requireLogins } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

const TLS = { certificateFile: 'c', keyFile: 'k' };
const PROXY = { publicUrl: 'https://hymio.example.org', trustedProxies: ['10.0.0.5'] };
const read = (http: object, mqtt: object = { listen: '127.0.0.1:1883' }) =>
  gatewayConfigSchema.safeParse({
    data: 'd',
    http: { listen: '127.0.0.1:8080', ...http },
    mqtt,
    identity: { names: ['hymio.example.org'] },
  });
/** Where the configuration is refused. */
const refused = (...given: Parameters<typeof read>) =>
  read(...given).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('what the gateway opens to a network', () => {
  it('is nothing unencrypted: pages need TLS of its own, or a proxy that does it and is named', () => {
    for (const listen of ['0.0.0.0:8080', '192.168.1.7:8080', '[::]:8080', 'hymio.example.org:443']) {
      expect(refused({ listen }), listen).toEqual(['http.listen']);
      expect(refused({ listen, publicUrl: PROXY.publicUrl }), listen).toEqual(['http.listen']);
      expect(refused({ listen, ...PROXY, publicUrl: 'http://hymio.example.org' }), listen).toEqual(['http.listen']);
      expect(refused({ listen, tls: TLS }), listen).toEqual([]);
      expect(refused({ listen, ...PROXY }), listen).toEqual([]);
    }
    for (const listen of ['127.0.0.1:8080', 'localhost:1', '[::1]:8080', '127.9.9.9:80']) {
      expect(refused({ listen }), listen).toEqual([]);
    }
    for (const publicUrl of ['http://localhost:8080', 'http://127.0.0.1:80', 'http://[::1]:8080']) {
      expect(refused({ publicUrl }), publicUrl).toEqual([]);
    }
    expect(refused({ trustedProxies: ['10.0.0.0/33'] })).toEqual(['http.trustedProxies.0']);
    expect(refused({ trustedProxies: ['proxy.example.org'] })).toEqual(['http.trustedProxies.0']);
  });

  it('counts a proxy before a loopback listener: it must do TLS, and be named', () => {
    for (const { listen, tls } of [{ listen: '127.0.0.1:8080' }, { listen: '[::1]:8080', tls: TLS }]) {
      const http = { listen, ...(tls !== undefined && { tls }) };
      for (const own of ['127.0.0.1', '127.0.0.0/8', '::1']) {
        expect(refused({ ...http, publicUrl: PROXY.publicUrl, trustedProxies: ['10.0.0.5', own] })).toEqual([]);
      }
      // Nobody comes to a loopback address from there.
      expect(refused({ ...http, ...PROXY })).toEqual(['http.trustedProxies']);
      expect(refused({ ...http, publicUrl: PROXY.publicUrl })).toEqual(['http.trustedProxies']);
      expect(refused({ ...http, ...PROXY, trustedProxies: ['::1'], publicUrl: 'http://hymio.example.org' })).toEqual([
        'http.publicUrl',
      ]);
    }
    const { error } = read({ publicUrl: PROXY.publicUrl });
    expect(error?.issues.map(({ message }) => message).join()).toContain('[127.0.0.1]');
  });

  it('is no plain MQTT, unless the operator says so, as while a fleet moves', () => {
    const listen = '0.0.0.0:1883';
    expect(refused({}, { listen })).toEqual(['mqtt.listen']);
    expect(refused({}, { listen, allowPlain: true })).toEqual([]);
    expect(refused({}, { listen, tls: 'own' })).toEqual([]);
    expect(refused({}, { listen: '0.0.0.0:8883', tls: 'own', plain: listen })).toEqual(['mqtt.plain']);
    expect(refused({}, { listen: '0.0.0.0:8883', tls: 'own', plain: listen, allowPlain: true })).toEqual([]);
    expect(refused({}, { listen: '0.0.0.0:8883', tls: 'own', plain: '127.0.0.1:1883' })).toEqual([]);
    expect(refused({}, { url: 'mqtt://broker.example.org:1883' })).toEqual([]);
  });

  it('says how to go on', () => {
    const config = read({ listen: '0.0.0.0:8080', tls: TLS }).data ?? expect.fail('is a configuration');
    expect(
      exposureFaults({ ...config, http: { ...config.http, tls: undefined } })
        .map(({ error }) => error)
        .join(),
    ).toMatch(/http\.tls.*http\.publicUrl.*http\.trustedProxies/);
    expect(() => requireLogins(config, false)).toThrow(/there is no user/);
    expect(() => requireLogins(config, true)).not.toThrow();
    expect(() => requireLogins(read({}).data ?? config, false)).not.toThrow();
    const proxied = read({ ...PROXY, trustedProxies: ['127.0.0.1'] }).data ?? expect.fail('is a configuration');
    expect(() => requireLogins(proxied, false)).toThrow(/hymio\.example\.org.* there is no user/);
    expect(() => requireLogins(proxied, true)).not.toThrow();
  });

  it('is nothing on this machine alone, however that is written', () => {
    for (const own of ['localhost', '127.0.0.1', '127.9.9.9', '::1', '[::1]'])
      expect([own, isLoopback(own)]).toEqual([own, true]);
    for (const other of [
      'example.org',
      '127.example.org',
      '127.0.0.1.example.org',
      '128.0.0.1',
      '0.0.0.0',
      '::',
      '[::]',
      '',
    ]) {
      expect([other, isLoopback(other)]).toEqual([other, false]);
    }
  });

  it('knows its proxies by address and network, and itself', () => {
    const holds = networksHold(['10.0.0.5', '192.168.0.0/16', '2001:db8::/32']);
    for (const known of ['10.0.0.5', '::ffff:10.0.0.5', '192.168.200.1', '2001:db8:1::9', '127.0.0.1', '::1']) {
      expect([known, holds(known)]).toEqual([known, true]);
    }
    for (const other of ['10.0.0.6', '::ffff:10.0.0.6', '193.168.0.1', '2001:db9::1', 'nonsense', '']) {
      expect([other, holds(other)]).toEqual([other, false]);
    }
  });
});
