import type { Clock } from '@hymio/protocol';
import type { Log } from '../log/log.js';
import type { IdentityStore } from '../store/identity-store.js';
import { AuthorityFile, type KeptAuthority } from './authority-file.js';
import type { CertificateAuthority } from './certificate-authority.js';
import type { EnrolmentServer } from './enrolment-server.js';
import type { TerminalIdentities } from './terminal-identities.js';

const DAY_MS = 24 * 3_600_000;

export interface IdentityBasis {
  config: {
    names: readonly string[];
    listen?: { host: string; port: number } | undefined;
    graceDays: number;
  };
  /** The data folder, or where else the authority is kept. */
  data: string | KeptAuthority;
  store: IdentityStore;
  clock: Clock;
  log: Log;
}

/** The gateway's authority, the terminals it knows, and where they enrol; the server is not started. */
export interface Identity {
  authority: CertificateAuthority;
  identities: TerminalIdentities;
  server?: EnrolmentServer;
}

/**
 * The library for certificates is loaded only here: it takes 20 MB, which a gateway without TLS does not need. Errors:
 * HymioError `authority-unreadable`, and the store's.
 */
export async function openIdentity({ config, data, store, clock, log }: IdentityBasis): Promise<Identity> {
  const file = typeof data === 'string' ? new AuthorityFile(data) : data;
  const before = file.read();
  const authority = await openAuthority(file, clock.now());
  if (before === undefined && (await store.certificates()).some(({ revokedAt }) => revokedAt === undefined)) {
    const next = 'Bring identity/authority.pem back from your copy, or enrol every terminal anew.';
    log.error('a new authority was made; the certificates of the one before hold no more', {
      code: 'authority-new',
      next,
    });
  }
  const { TerminalIdentities } = await import('./terminal-identities.js');
  const identities = new TerminalIdentities({ store, authority, clock, graceMs: config.graceDays * DAY_MS });
  await identities.start();
  const { listen, names } = config;
  if (listen === undefined) return { authority, identities };
  const { EnrolmentServer } = await import('./enrolment-server.js');
  const now = () => clock.now();
  return { authority, identities, server: new EnrolmentServer({ identities, authority, listen, names, log, now }) };
}

/**
 * The authority of a data folder, or of where else it is kept; made where there is none. `now`: UTC ms. Error: HymioError
 * `authority-unreadable`.
 */
export async function openAuthority(data: string | KeptAuthority, now: number): Promise<CertificateAuthority> {
  const { CertificateAuthority } = await import('./certificate-authority.js');
  return CertificateAuthority.open(typeof data === 'string' ? new AuthorityFile(data) : data, now);
}
