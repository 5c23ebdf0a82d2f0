import { HymioError } from '@hymio/protocol/plain';
import type { Actor } from '../../exclusions/exclusion.js';
import {
  certificateRefused,
  codeHolds,
  type EnrolmentCode,
  enrolmentRefused,
  type IssuedCertificate,
  unlistedIsRevoked,
} from '../../identity/issued-certificate.js';
import type { Enrolment, Revoked } from '../identity-store.js';
import { logChanges } from './change-log-rows.js';
import type { Db } from './database.js';

type Row<T> = { [K in keyof T]-?: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K] };
const CODE = 'terminal, hash, expires_at AS expiresAt, spent_on AS spentOn';
const CERTIFICATE = 'serial, terminal, key, issued_at AS issuedAt, not_after AS notAfter, pem, revoked_at AS revokedAt';

export function readCode(db: Db, hash: string): EnrolmentCode | undefined {
  const row = db.prepare<[string], Row<EnrolmentCode>>(`SELECT ${CODE} FROM enrolment_codes WHERE hash = ?`).get(hash);
  if (row === undefined) return undefined;
  const { spentOn, ...code } = row;
  return { ...code, ...(spentOn !== null && { spentOn }) };
}

/** The unused code of a terminal that holds at `now`: there is no more than one. */
export function readOpenCode(db: Db, terminal: string, now: number): EnrolmentCode | undefined {
  return db
    .prepare<[string, number], { terminal: string; hash: string; expiresAt: number }>(
      `SELECT terminal, hash, expires_at AS expiresAt FROM enrolment_codes
       WHERE terminal = ? AND expires_at > ? AND spent_on IS NULL`,
    )
    .get(terminal, now);
}

/** Oldest first. */
export function readCertificates(db: Db, terminal?: string): IssuedCertificate[] {
  const where = terminal === undefined ? '' : 'WHERE terminal = @terminal';
  return db
    .prepare<[{ terminal?: string }], Row<IssuedCertificate>>(
      `SELECT ${CERTIFICATE} FROM certificates ${where} ORDER BY id`,
    )
    .all(terminal === undefined ? {} : { terminal })
    .map(({ revokedAt, ...certificate }) => ({ ...certificate, ...(revokedAt !== null && { revokedAt }) }));
}

/** Writes about the identity of terminals, within a transaction. */
export class IdentityWriter {
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  addCode({ terminal, hash, expiresAt }: Pick<EnrolmentCode, 'terminal' | 'hash' | 'expiresAt'>, by: Actor): void {
    this.withdrawCodes(terminal, by.at);
    this.db
      .prepare('INSERT INTO enrolment_codes (hash, terminal, expires_at) VALUES (?, ?, ?)')
      .run(hash, terminal, expiresAt);
    this.log('create-enrolment-code', terminal, { after: { expiresAt } }, by);
  }

  withdrawCode(terminal: string, by: Actor): void {
    const open = readOpenCode(this.db, terminal, by.at);
    if (open === undefined) {
      throw new HymioError(
        'no-enrolment-code',
        `Terminal ${terminal} has no unused code.`,
        'It was used, withdrawn, or a day has passed. `hymio-gateway certificates` lists the certificates.',
      );
    }
    this.withdrawCodes(terminal, by.at);
    this.logWithdrawn(open, by);
  }

  enrol(hash: string, certificate: IssuedCertificate, by: Actor): Enrolment {
    const { terminal, key } = certificate;
    const code = readCode(this.db, hash);
    if (!codeHolds(code, key, by.at) || code.terminal !== terminal) throw enrolmentRefused();
    const held = readCertificates(this.db, terminal).filter(({ revokedAt }) => revokedAt === undefined);
    if (code.spentOn !== undefined) {
      const given = held.findLast((one) => one.key === key);
      if (given === undefined) throw enrolmentRefused();
      return { certificate: given, revoked: [] };
    }
    this.markRevoked(terminal, by.at);
    this.db.prepare('UPDATE enrolment_codes SET spent_on = ? WHERE hash = ?').run(key, hash);
    this.insert(certificate);
    this.log('enrol-terminal', terminal, { before: held.map(shown), after: shown(certificate) }, by);
    return { certificate, revoked: held.map((one) => ({ ...one, revokedAt: by.at })) };
  }

  renew(replaced: Pick<IssuedCertificate, 'serial' | 'issuedAt'>, certificate: IssuedCertificate, by: Actor): void {
    const listed = readCertificates(this.db, certificate.terminal);
    const before = listed.find(({ serial }) => serial === replaced.serial);
    const revoked =
      before === undefined ? unlistedIsRevoked(replaced.issuedAt, listed) : before.revokedAt !== undefined;
    if (revoked) throw certificateRefused();
    this.insert(certificate);
    const change = { ...(before !== undefined && { before: shown(before) }), after: shown(certificate) };
    this.log('renew-certificate', certificate.terminal, change, by);
  }

  revoke(terminal: string, by: Actor): Revoked {
    const held = readCertificates(this.db, terminal).filter(({ revokedAt }) => revokedAt === undefined);
    const open = readOpenCode(this.db, terminal, by.at);
    if (held.length === 0 && open === undefined) {
      throw new HymioError(
        'no-certificate',
        `Terminal ${terminal} has no certificate that could be revoked, and no code.`,
        '`hymio-gateway certificates` lists what was issued.',
      );
    }
    this.withdrawCodes(terminal, by.at);
    if (open !== undefined) this.logWithdrawn(open, by);
    this.markRevoked(terminal, by.at);
    if (held.length > 0) this.log('revoke-certificates', terminal, { before: held.map(shown) }, by);
    return { certificates: held.map((one) => ({ ...one, revokedAt: by.at })), code: open !== undefined };
  }

  private insert({ serial, terminal, key, issuedAt, notAfter, pem }: IssuedCertificate): void {
    this.db
      .prepare('INSERT INTO certificates (serial, terminal, key, issued_at, not_after, pem) VALUES (?, ?, ?, ?, ?, ?)')
      .run(serial, terminal, key, issuedAt, notAfter, pem);
  }

  private markRevoked(terminal: string, at: number): void {
    this.db
      .prepare('UPDATE certificates SET revoked_at = ? WHERE terminal = ? AND revoked_at IS NULL')
      .run(at, terminal);
  }

  private withdrawCodes(terminal: string, at: number): void {
    this.db
      .prepare('UPDATE enrolment_codes SET expires_at = ? WHERE terminal = ? AND expires_at > ?')
      .run(at, terminal, at);
  }

  private logWithdrawn({ terminal, expiresAt }: EnrolmentCode, by: Actor): void {
    this.log('withdraw-enrolment-code', terminal, { before: { expiresAt } }, by);
  }

  private log(what: string, terminal: string, change: { before?: unknown; after?: unknown }, by: Actor): void {
    logChanges(this.db, [{ subject: { kind: 'terminal-identity', id: terminal }, ...change }], by, { what });
  }
}

/** What the log of changes says of a certificate. */
function shown({ serial, issuedAt, notAfter }: IssuedCertificate): object {
  return { serial, issuedAt, notAfter };
}
