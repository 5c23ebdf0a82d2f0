import { generateKeyPairSync } from 'node:crypto';
import { makeCsr } from '@hymio/device';
import { readCsr } from '@hymio/gateway';
import { HymioError, isTerminalId } from '@hymio/protocol';
import fc from 'fast-check';
import { expect } from 'vitest';
import { csrPem } from '../../support/csr-pem.js';
import { changedText, oddText } from '../arbitraries/odd-texts.js';
import type { Fuzzed } from '../fuzzed.js';

/** What a certificate is asked for with: anybody who reaches the gateway may send one. */
export const requestsToSign: readonly Fuzzed[] = [
  {
    topic: 'csr',
    name: 'a request for a certificate is one of the terminal that signed it, or refused',
    runs: 60,
    start: async () => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const valid = makeCsr('kallio-1', privateKey);
      const der = Buffer.from(valid.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
      const spoilt = fc.array(fc.tuple(fc.nat(der.length - 1), fc.nat(255)), { maxLength: 3 }).map((changes) => {
        const bytes = Buffer.from(der);
        for (const [at, byte] of changes) bytes[at] = byte;
        return csrPem(bytes);
      });
      const lengths = fc
        .tuple(fc.nat(der.length - 1), fc.constantFrom(0x80, 0x84, 0x7f, 0xff, 0x89))
        .map(([at, length]) => {
          const bytes = Buffer.from(der);
          bytes[at] = length;
          return csrPem(bytes);
        });
      const sent = fc.oneof(
        spoilt,
        lengths,
        changedText(fc.constant(valid)),
        fc.uint8Array({ maxLength: 300 }).map(csrPem),
        oddText,
      );
      const property = fc.asyncProperty(sent, async (pem) => {
        try {
          const { terminal, key } = await readCsr(pem);
          expect({ own: isTerminalId(terminal), key }).toEqual({
            own: true,
            key: expect.stringMatching(/^[0-9a-f]{64}$/),
          });
          expect(terminal).toBe('kallio-1');
        } catch (error) {
          if (!(error instanceof HymioError) || error.code !== 'csr-refused') throw error;
        }
        expect((await readCsr(valid)).terminal).toBe('kallio-1');
      });
      return { property, stop: async () => undefined };
    },
  },
];
