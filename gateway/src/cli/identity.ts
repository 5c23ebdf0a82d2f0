import { randomBytes } from 'node:crypto';
import { CODE_LIFETIME_MS, codeText, makeCodeSecret } from '@hymio/protocol';
import { readGatewayConfig } from '../config/gateway-config.js';
import { authorityFingerprint, hashCodeSecret } from '../identity/code-hashes.js';
import { enrolmentClosed } from '../identity/enrolment-closed.js';
import type { IssuedCertificate } from '../identity/issued-certificate.js';
import { openAuthority } from '../identity/open-identity.js';
import { operate } from './operate.js';
import { whoAsks } from './who-asks.js';

/** Makes a code for a terminal and prints it alone; its secret leaves this process in no other way. */
export async function enrolCode(terminal: string, { config }: { config: string }): Promise<void> {
  const { data, identity } = readGatewayConfig(config);
  if (identity?.listen === undefined) throw enrolmentClosed();
  const secret = makeCodeSecret(randomBytes);
  const by = whoAsks();
  const expiresAt = by.at + CODE_LIFETIME_MS;
  const code = { terminal, hash: hashCodeSecret(secret), expiresAt, by };
  const { announced } = await operate(config, 'add-enrolment-code', code);
  // After the store has been opened, so that the data folder is there.
  const authority = await openAuthority(data, by.at);
  process.stderr.write(
    `For terminal ${terminal}, once, until ${new Date(expiresAt).toISOString()}; not shown again.\n`,
  );
  if (!announced)
    process.stderr.write(
      `Nobody has announced ${terminal} yet: if that is no slip of the pen, add it to the registry, else revoke it.\n`,
    );
  process.stdout.write(`${codeText({ secret, fingerprint: authorityFingerprint(authority.raw) })}\n`);
}

/** Prints a line for each certificate, oldest first. */
export async function listCertificates({ config }: { config: string }): Promise<void> {
  const certificates = await operate(config, 'list-certificates', {});
  process.stdout.write(`TERMINAL\tSERIAL\tISSUED\tUNTIL\t\n`);
  for (const certificate of certificates) process.stdout.write(`${line(certificate)}\n`);
}

/** Error: HymioError `no-certificate`. */
export async function revokeTerminal(terminal: string, { config }: { config: string }): Promise<void> {
  const { certificates, code } = await operate(config, 'revoke-terminal', { terminal, by: whoAsks() });
  const withdrawn = code ? '; its unused code was withdrawn' : '';
  process.stdout.write(`terminal ${terminal} shut out; certificates revoked: ${certificates.length}${withdrawn}\n`);
}

function line({ terminal, serial, issuedAt, notAfter, revokedAt }: IssuedCertificate): string {
  const [issued, until] = [issuedAt, notAfter].map((at) => new Date(at).toISOString().slice(0, 10));
  const revoked = revokedAt === undefined ? '' : `revoked ${new Date(revokedAt).toISOString()}`;
  return [terminal, serial, issued, until, revoked].join('\t').trimEnd();
}
