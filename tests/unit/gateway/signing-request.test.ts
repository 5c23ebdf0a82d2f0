import { generateKeyPairSync } from 'node:crypto';
import { makeCsr } from '@hymio/device';
import { readCsr } from '@hymio/gateway';
import { HymioError } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import { csrPem } from '../../support/csr-pem.js';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const VALID = makeCsr('kallio-1', privateKey);
const DER = Buffer.from(VALID.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');

describe('a request for a certificate', () => {
  it('is that of the terminal that signed it', async () => {
    expect(await readCsr(VALID)).toMatchObject({ terminal: 'kallio-1' });
    expect(await readCsr(csrPem(DER))).toMatchObject({ terminal: 'kallio-1' });
  });

  // Lengths and kinds stand in them: what the library reads only when it is asked for it throws errors of its own.
  it.each([0x80, 0x30])('is refused, or means the same, with any of its bytes %d instead', async (byte) => {
    const { key } = await readCsr(VALID);
    for (const at of DER.keys()) {
      if (DER[at] === byte) continue;
      const spoilt = Buffer.from(DER);
      spoilt[at] = byte;
      const read = await readCsr(csrPem(spoilt)).catch((error: unknown) => error);
      // A byte that the signature does not cover and the library does not look at changes nothing.
      const refused = read instanceof HymioError ? read.code : undefined;
      if (refused === undefined) expect({ at, read }).toMatchObject({ at, read: { terminal: 'kallio-1', key } });
      else expect({ at, refused }).toEqual({ at, refused: 'csr-refused' });
    }
  });
});
