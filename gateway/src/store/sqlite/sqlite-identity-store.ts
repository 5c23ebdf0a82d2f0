import type { Actor } from '../../exclusions/exclusion.js';
import type { EnrolmentCode, IssuedCertificate } from '../../identity/issued-certificate.js';
import type { Enrolment, IdentityStore, Revoked } from '../identity-store.js';
import type { IdentityWriter } from './identity-rows.js';

/** How it reaches the database. */
export interface IdentityAccess {
  /** In one transaction. */
  write<T>(work: (writer: IdentityWriter) => T): T;
  reads: {
    code(hash: string): Promise<EnrolmentCode | undefined>;
    openCode(terminal: string, now: number): Promise<EnrolmentCode | undefined>;
    certificates(terminal?: string): Promise<IssuedCertificate[]>;
  };
}

/** The identity of terminals in a database. */
export class SqliteIdentityStore implements IdentityStore {
  private readonly access: IdentityAccess;

  constructor(access: IdentityAccess) {
    this.access = access;
  }

  async addCode(code: Pick<EnrolmentCode, 'terminal' | 'hash' | 'expiresAt'>, by: Actor): Promise<void> {
    this.access.write((writer) => writer.addCode(code, by));
  }

  code(hash: string): Promise<EnrolmentCode | undefined> {
    return this.access.reads.code(hash);
  }

  openCode(terminal: string, now: number): Promise<EnrolmentCode | undefined> {
    return this.access.reads.openCode(terminal, now);
  }

  async withdrawCode(terminal: string, by: Actor): Promise<void> {
    this.access.write((writer) => writer.withdrawCode(terminal, by));
  }

  async enrol(hash: string, certificate: IssuedCertificate, by: Actor): Promise<Enrolment> {
    return this.access.write((writer) => writer.enrol(hash, certificate, by));
  }

  async renew(
    replaced: Pick<IssuedCertificate, 'serial' | 'issuedAt'>,
    certificate: IssuedCertificate,
    by: Actor,
  ): Promise<void> {
    this.access.write((writer) => writer.renew(replaced, certificate, by));
  }

  async revoke(terminal: string, by: Actor): Promise<Revoked> {
    return this.access.write((writer) => writer.revoke(terminal, by));
  }

  certificates(terminal?: string): Promise<IssuedCertificate[]> {
    return this.access.reads.certificates(terminal);
  }
}
