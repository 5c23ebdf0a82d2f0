import { createHash } from 'node:crypto';
import { STORE_MIGRATIONS } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

/** Of the statements of each version, SHA-256. A line is added with a version, and none is ever changed. */
const STATEMENTS = [
  '2332c4af89fde6800a27372f304975a515fddd5b78d8460ed352aa2ccec6817f',
  '24286dd6af1439f095c3501b2acea09ac3e86c4c3c55d89f581ffffdf2fd15a4',
  '2c9d70a69b0bb83fbf759b841a6685eef549ec58b1d112b786bffb7690d562f8',
  '63cb6ec6cfd4d7893764455241b3c9995f0e95add4390037f6ffc25600b17c74',
];

describe('the steps that stores have gone through', () => {
  it('are as they were: what a store needs beyond them is a new version', () => {
    const hashes = STORE_MIGRATIONS.map((steps) => {
      const hash = createHash('sha256');
      for (const step of steps) hash.update(typeof step === 'string' ? step : `\0${step.name}\0`);
      return hash.digest('hex');
    });
    expect(hashes).toEqual(STATEMENTS);
  });
});
