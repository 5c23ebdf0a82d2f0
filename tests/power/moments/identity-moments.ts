import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { enrolTerminal, IdentityFile } from '@hymio/device';
import {
  authorityFingerprint,
  hashCodeSecret,
  type Identity,
  openIdentity,
  openSqliteStore,
  type SqliteStore,
} from '@hymio/gateway';
import { codeText, makeCodeSecret } from '@hymio/protocol';
import type { ChildProgram } from '../../support/child-program.js';
import { GatewayProgram, writeGatewayConfig } from '../../support/gateway-program.js';
import { ROOT } from '../../support/repository-root.js';
import { writeTerminalConfig } from '../../support/terminal-program.js';
import { freePort, GATEWAY_PROGRAM, TERMINAL_PROGRAM, type TestBench } from '../../support/test-bench.js';
import { commandWork, type Moment, type Scene } from './moment.js';
import { configOf } from './terminal-moments.js';

const TERMINAL = 'dark-1';
/** Nobody listens there. */
const NO_BROKER = 1;
const NAMES = ['localhost'];
/** As the gateway prints it. */
const CODE = /^(?:[0-9A-Z]{4}-){7}[0-9A-Z]{4}$/;
const RENEW_PROGRAM = join(ROOT, 'tests/dist/power/moments/renew-program.js');
const DAY_MS = 24 * 3_600_000;
/** Two thirds of the 13 months of a certificate are over by then. */
const LONG_AGO_MS = 300 * DAY_MS;
const silent = () => undefined;

/** A gateway makes its authority, and with it the first code for a terminal. */
export class FirstAuthority implements Moment {
  readonly name = 'the authority of a gateway is made';
  #told = '';
  #port = 0;
  #command: ChildProgram | undefined;

  async prepare(): Promise<void> {
    this.#port = await freePort();
  }

  work(scene: Scene, bench: TestBench) {
    const config = gatewayConfig(scene, bench, this.#port);
    this.#command = bench.node('enrol-code', GATEWAY_PROGRAM, 'enrol-code', TERMINAL, '--config', config);
    return commandWork(this.#command);
  }

  finished(scene: Scene): void {
    this.#told = readFileSync(authorityOf(scene), 'utf8');
  }

  async verify(scene: Scene, done: boolean): Promise<string[]> {
    const there = existsSync(authorityOf(scene)) ? readFileSync(authorityOf(scene), 'utf8') : '';
    if (done && there !== this.#told) return ['the authority that a code was made with is gone'];
    const config = gatewayConfig(scene, scene.bench, this.#port);
    const gateway = await GatewayProgram.start(scene.bench, config);
    const kept = there === '' || readFileSync(authorityOf(scene), 'utf8') === there;
    const faults = kept ? await this.#faultsOfCode(scene, done) : ['the gateway made another authority'];
    await gateway.stop('SIGKILL');
    return faults;
  }

  /** A code that was printed holds: a terminal enrols with it. */
  async #faultsOfCode(scene: Scene, done: boolean): Promise<string[]> {
    const code = this.#command?.lines.find((line) => CODE.test(line));
    if (code === undefined) return done ? ['no code was printed'] : [];
    const config = writeTerminalConfig(scene.bench, TERMINAL, NO_BROKER, { data: join(scene.disk.folder, TERMINAL) });
    const more = ['--gateway', `https://localhost:${this.#port}`, '--code', code];
    const enrolling = scene.bench.node('enrol', TERMINAL_PROGRAM, 'enrol', '--config', config, ...more);
    const { code: exit } = await enrolling.exited;
    return exit === 0 ? [] : [`the code that was printed is refused: ${enrolling.lines.at(-1)}`];
  }
}

/** A terminal enrols by a code that holds once. */
export class Enrolment implements Moment {
  readonly name = 'a terminal enrols';
  #address = '';
  #config = '';
  #code = '';
  #gateway: TestBench | undefined;

  /** The gateway's own power stays. */
  async prepare({ place }: Scene): Promise<void> {
    const port = await freePort();
    this.#address = `https://localhost:${port}`;
    this.#gateway = place.steadyBench('gateway');
    const identity = { names: NAMES, listen: `127.0.0.1:${port}` };
    this.#config = writeGatewayConfig(this.#gateway, 'gateway', { more: { identity } });
    await GatewayProgram.start(this.#gateway, this.#config);
  }

  async ready({ bench }: Scene): Promise<void> {
    const child = bench.node('enrol-code', GATEWAY_PROGRAM, 'enrol-code', TERMINAL, '--config', this.#config);
    this.#code = (await child.line(CODE))[0];
    await child.exited;
  }

  work(scene: Scene, bench: TestBench) {
    return commandWork(this.#enrol(scene, bench));
  }

  async verify(scene: Scene, done: boolean): Promise<string[]> {
    if (done || existsSync(join(scene.disk.folder, 'identity.json'))) return faultsOfIdentity(scene);
    const again = this.#enrol(scene, scene.bench);
    const { code } = await again.exited;
    return code === 0 ? faultsOfIdentity(scene) : [`the same code is refused now: ${again.lines.at(-1)}`];
  }

  #enrol(scene: Scene, bench: TestBench) {
    const args = ['--config', configOf(scene, bench), '--gateway', this.#address, '--code', this.#code];
    return bench.node('enrol', TERMINAL_PROGRAM, 'enrol', ...args);
  }
}

/** A terminal's certificate is due and is exchanged for a new one. */
export class Renewal implements Moment {
  readonly name = 'a certificate is renewed';
  #identity: Identity | undefined;
  #monotonicMs = 0;
  #store: SqliteStore | undefined;

  async prepare({ place, disk }: Scene): Promise<void> {
    let agoMs = LONG_AGO_MS;
    const data = place.steadyBench('authority').folder;
    const now = () => Date.now() - agoMs;
    this.#store = await openSqliteStore({ folder: data, reads: 'in-thread', now });
    const clock = { now, monotonic: () => this.#monotonicMs, after: () => silent };
    const log = { debug: silent, info: silent, warn: silent, error: silent };
    const config = { names: NAMES, listen: { host: '127.0.0.1', port: 0 }, graceDays: 90 };
    this.#identity = await openIdentity({ config, data, store: this.#store.identity, clock, log });
    const gateway = `https://localhost:${await this.#identity.server?.start()}`;
    const { identities, authority } = this.#identity;
    const secret = makeCodeSecret(randomBytes);
    const expiresAt = now() + LONG_AGO_MS;
    await identities.addCode(
      { terminal: TERMINAL, hash: hashCodeSecret(secret), expiresAt },
      { who: 'Aino', at: now() },
    );
    const code = codeText({ secret, fingerprint: authorityFingerprint(authority.raw) });
    await enrolTerminal(TERMINAL, new IdentityFile(disk.folder), { gateway, code });
    agoMs = 0;
  }

  /** The gateway forgets in the meantime how often it was asked: it bears a few renewals of a certificate at a time. */
  ready(): Promise<void> {
    this.#monotonicMs += DAY_MS;
    return Promise.resolve();
  }

  work(scene: Scene, bench: TestBench) {
    return commandWork(bench.node('renew', RENEW_PROGRAM, TERMINAL, scene.disk.folder));
  }

  async verify(scene: Scene, done: boolean): Promise<string[]> {
    const faults = faultsOfIdentity(scene);
    if (faults.length > 0) return faults;
    if (done) return isFresh(scene) ? [] : ['the certificate that was renewed is gone'];
    const again = scene.bench.node('renew', RENEW_PROGRAM, TERMINAL, scene.disk.folder);
    const { code } = await again.exited;
    return code === 0 && isFresh(scene) ? [] : [`it cannot be renewed now: ${again.lines.at(-1)}`];
  }

  async close(): Promise<void> {
    await this.#identity?.server?.stop();
    await this.#store?.close();
  }
}

function gatewayConfig({ disk }: Scene, bench: TestBench, port: number): string {
  const identity = { names: NAMES, listen: `127.0.0.1:${port}` };
  return writeGatewayConfig(bench, 'gateway', { data: disk.folder, more: { identity } });
}

function authorityOf({ disk }: Scene): string {
  return join(disk.folder, 'identity', 'authority.pem');
}

/** Key and certificate belong together, and both can be read. */
function faultsOfIdentity({ disk }: Scene): string[] {
  try {
    const held = new IdentityFile(disk.folder).read();
    if (held === undefined) return ['the identity is gone'];
    const pair = new X509Certificate(held.certificate).checkPrivateKey(createPrivateKey(held.key));
    return pair ? [] : ['key and certificate are not of each other'];
  } catch (error) {
    return [`the identity cannot be read: ${error instanceof Error ? error.message : error}`];
  }
}

function isFresh({ disk }: Scene): boolean {
  const held = new IdentityFile(disk.folder).read();
  return (
    held !== undefined && Date.now() - Date.parse(new X509Certificate(held.certificate).validFrom) < LONG_AGO_MS / 2
  );
}
