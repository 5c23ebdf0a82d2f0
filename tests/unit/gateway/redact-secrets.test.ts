import { redactSecrets } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

describe('what is logged', () => {
  it('holds no value of a field that is named like a secret, at any depth', () => {
    const fields = {
      password: 'p1',
      smtp: { pass: 'p2', user: 'mailer', auth: { apiKey: 'p3' } },
      headers: [{ Authorization: 'Bearer p4', cookie: 'by=p5' }],
      webhookSecret: 'p6',
    };
    const said = JSON.stringify(redactSecrets(fields));
    for (const secret of ['p1', 'p2', 'p3', 'p4', 'p5', 'p6']) expect(said).not.toContain(secret);
    expect(said).toContain('mailer');
  });

  it('keeps the name of the file that holds a secret', () => {
    expect(redactSecrets({ passwordFile: '/etc/hymio/mqtt' })).toEqual({ passwordFile: '/etc/hymio/mqtt' });
  });

  it('has no user and password in addresses, wherever they stand in a text', () => {
    const said = redactSecrets({ url: 'mqtt://hymio:s3cret@host:1883', error: 'connect mqtts://a:b@c failed' });
    expect(said).toEqual({
      url: 'mqtt://[redacted]@host:1883',
      error: 'connect mqtts://[redacted]@c failed',
    });
    expect(redactSecrets({ mail: 'someone@example.org', url: 'http://host/path' })).toEqual({
      mail: 'someone@example.org',
      url: 'http://host/path',
    });
  });

  it('keeps message and stack of an error, and ends at what refers to itself', () => {
    const error = Object.assign(new Error('no mqtt://u:p@h'), { code: 'ECONNREFUSED', token: 'x1' });
    const round: Record<string, unknown> = { error };
    round['again'] = round;
    const said = JSON.stringify(redactSecrets(round));
    expect(said).toContain('no mqtt://[redacted]@h');
    expect(said).toContain('ECONNREFUSED');
    expect(said).not.toContain('x1');
  });
});
