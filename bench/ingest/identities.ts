import { generateKeyPairSync } from 'node:crypto';
import { makeCsr } from '@hymio/device';
import { authorityFingerprint, hashCodeSecret, openIdentity, openSqliteStore } from '@hymio/gateway';
import { codeText, makeCodeSecret } from '@hymio/protocol';

/** What a fleet connects with, PEM; one key for all, since it is the handshakes that are measured. */
export interface Identities {
  ca: string;
  key: string;
  certificates: string[];
}

const DAY_MS = 24 * 3_600_000;
const nothing = () => undefined;

/** Enrols so many terminals, the name given followed by a number, with the gateway of a data folder that is not served. */
export async function makeIdentities(data: string, name: string, count: number): Promise<Identities> {
  const store = await openSqliteStore({ folder: data, reads: 'in-thread' });
  try {
    const { identities, authority } = await openIdentity({
      config: { names: ['127.0.0.1'], graceDays: 0 },
      ...{ data, store: store.identity },
      clock: { now: Date.now, monotonic: () => performance.now(), after: () => nothing },
      log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    });
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const certificates: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const terminal = `${name}${index}`;
      const secret = makeCodeSecret((bytes) => crypto.getRandomValues(new Uint8Array(bytes)));
      const by = { who: 'bench', at: Date.now() };
      await identities.addCode({ terminal, hash: hashCodeSecret(secret), expiresAt: by.at + DAY_MS }, by);
      const code = codeText({ secret, fingerprint: authorityFingerprint(authority.raw) });
      certificates.push((await identities.enrol(code, makeCsr(terminal, privateKey), '')).certificate);
    }
    return { ca: authority.pem, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), certificates };
  } finally {
    await store.close();
  }
}
