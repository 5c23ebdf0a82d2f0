import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { findProgram } from './find-program.mjs';
import { say } from './set-up/say.mjs';

/** Programs that tests drive, with the Debian packages that hold each and what it needs. */
export const TEST_PROGRAMS = {
  mosquitto: 'mosquitto',
  mosquitto_pub: 'mosquitto-clients',
  mosquitto_sub: 'mosquitto-clients',
  chromium: 'chromium',
  python3: 'python3',
  shellcheck: 'shellcheck',
  'systemd-analyze': 'systemd',
  'systemd-notify': 'systemd',
  'systemd-sysusers': 'systemd',
  socat: 'socat',
  pdftotext: 'poppler-utils',
  pdfinfo: 'poppler-utils',
  pdffonts: 'poppler-utils',
  qpdf: 'qpdf',
  sqlite3: 'sqlite3',
  curl: 'curl',
  openssl: 'openssl',
  xfs_io: 'xfsprogs',
  'mkfs.ext4': 'e2fsprogs',
  e2fsck: 'e2fsprogs',
  ip: 'iproute2',
  'avr-g++': 'gcc-avr avr-libc arduino-core-avr',
};

/** Programs that compile SQLite where no ready-made binary can be fetched. */
export const COMPILER_PROGRAMS = { 'g++': 'g++', make: 'make', python3: 'python3' };

const POLICY = '/usr/sbin/policy-rc.d';

/**
 * Installs the Debian packages of those programs that are missing, where this process may.
 * @param {Record<string, string>} programs package by program
 * @returns {string[]} the programs that are missing still, each with the reason printed
 */
export function providePrograms(programs) {
  const packages = [...new Set(missing(programs).flatMap((name) => programs[name].split(' ')))];
  if (packages.length === 0) return [];
  const command = `apt-get install --no-install-recommends ${packages.join(' ')}`;
  if (mayInstall()) {
    say(`Installing what the tests drive: ${packages.join(', ')} …`);
    aptInstall(packages);
  }
  const still = missing(programs);
  if (still.length > 0) say(`Missing programs: ${still.join(', ')}. On Debian, as root: ${command}`);
  return still;
}

function missing(programs) {
  return Object.keys(programs).filter((name) => findProgram(name) === undefined);
}

function mayInstall() {
  return process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
}

function aptInstall(packages) {
  // Debian would start its own mosquitto at once, on the port that `npm start` wants.
  const ownPolicy = !existsSync(POLICY);
  // Ctrl-C ends apt-get; with a listener this process lives on to take its policy back.
  process.once('SIGINT', interrupted);
  if (ownPolicy) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...args) =>
      spawnSync('apt-get', ['-qq', '-o', 'Dpkg::Use-Pty=0', ...args], { stdio: ['ignore', 2, 2], env }).status;
    const ended = [apt('update'), apt('install', '-y', '--no-install-recommends', ...packages)];
    if (ended.some((status) => status !== 0)) say('apt-get reported a failure; what it said is above.');
  } finally {
    if (ownPolicy) rmSync(POLICY, { force: true });
    setImmediate(() => process.off('SIGINT', interrupted));
  }
}

function interrupted() {
  process.exit(130);
}
