import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installFromHere } from '../support/production-modules.js';
import { describeWith, program, testWith } from '../support/requirements.js';
import { TestBench } from '../support/test-bench.js';

type PackTerminal = (folder: string) => { file: string; release: string };

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const { packTerminal }: { packTerminal: PackTerminal } = await import(
  new URL('../../scripts/pack-terminal.mjs', import.meta.url).href
);

let bench: TestBench;
let archive: string;
let release: string;

beforeAll(() => {
  bench = new TestBench('install');
  const packed = packTerminal(bench.path('packed'));
  release = packed.release;
  archive = unpack(packed.file);
  installFromHere(archive, bench.path('linked/node_modules'), { linked: true });
});
afterAll(() => bench.clear());

function unpack(file: string): string {
  expect(spawnSync('tar', ['-xzf', file, '-C', bench.folder]).status).toBe(0);
  return bench.path(`hymio-terminal-${release}`);
}

interface Ended {
  status: number | null;
  said: string;
}

function execute(command: string, args: readonly string[], path?: string): Ended {
  const env = path === undefined ? process.env : { ...process.env, PATH: path };
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env });
  return { status, said: `${stdout}${stderr}` };
}

interface How {
  from?: string;
  modules?: string;
  machine?: Readonly<Record<string, string>>;
}

/** Runs the installer of an archive upon a file system of its own. */
function install(
  root: string,
  args: readonly string[] = [],
  { from = archive, modules = 'linked', machine = {} }: How = {},
): Ended {
  const options = ['--root', root, '--modules', bench.path(modules, 'node_modules'), ...args];
  // Writing back all disks of a busy machine takes seconds, and no test could see the difference.
  return execute('/bin/sh', [join(from, 'install-terminal.sh'), ...options], pretend({ sync: 'true', ...machine }));
}

/** An empty file system, such as a mounted image. */
function newRoot(name: string, debian = '13'): string {
  mkdirSync(bench.path(name), { recursive: true });
  bench.write(`${name}/etc/os-release`, `ID=debian\nVERSION_ID="${debian}"\n`);
  return bench.path(name);
}

/** Every file below a folder with its content or target, but for what comes from npm. */
function contents(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const ours = paths.filter((path) => !path.includes('node_modules')).sort();
  return new Map(
    ours.flatMap((path) => {
      const file = join(folder, path);
      const kind = lstatSync(file);
      if (kind.isDirectory()) return [];
      return [[path, kind.isSymbolicLink() ? readlinkSync(file) : readFileSync(file, 'utf8')]];
    }),
  );
}

/** A PATH on which some programs are scripts of ours. */
function pretend(programs: Readonly<Record<string, string>>): string {
  const folder = bench.path(
    'pretend',
    Object.entries(programs)
      .flat()
      .join('-')
      .replaceAll(/[^a-z0-9]/gi, ''),
  );
  mkdirSync(folder, { recursive: true });
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return `${folder}:${process.env['PATH']}`;
}

describe('the archive of the firmware', () => {
  it('holds device and protocol, compiled, and nothing of the gateway', () => {
    const paths = [...contents(archive).keys()];
    expect(paths).toContain('device/dist/cli/main.js');
    expect(paths).toContain('protocol/dist/index.js');
    expect(paths.filter((path) => /\.tsx?$|\.map$|^gateway|^simulator/.test(path))).toEqual([]);
    const locked = readFileSync(join(archive, 'package-lock.json'), 'utf8');
    expect(locked).not.toMatch(/"node_modules\/(fastify|aedes|typescript|vitest|preact)"/);
  });

  it('is the same file when it is made again', () => {
    const again = packTerminal(bench.path('again'));
    expect(again.release).toBe(release);
    expect(readFileSync(again.file)).toEqual(readFileSync(bench.path('packed', `hymio-terminal-${release}.tar.gz`)));
  });

  it('has a lock that npm accepts for it', () => {
    const npm = spawnSync('npm', ['ci', '--omit=dev', '--dry-run', '--offline', '--no-audit'], {
      cwd: archive,
      encoding: 'utf8',
    });
    expect(npm.stderr).not.toMatch(/npm (ERR|error)/);
    expect(npm.status).toBe(0);
  });
});

describe('the installer', () => {
  testWith(['shellcheck'], 'has nothing that shellcheck finds fault with', () => {
    const checked = execute(program('shellcheck'), ['--shell=sh', join(ROOT, 'scripts/install-terminal.sh')]);
    expect(checked).toEqual({ status: 0, said: '' });
  });

  it.each([
    ['Node 20.18', { node: 'echo v20.18.1' }, /Node v20\.18\.1 is too old; 20\.19 is needed/],
    ['Node 18', { node: 'echo v18.19.0' }, /too old/],
    ['a Pi Zero of the first kind', { uname: '[ "$1" = -s ] && echo Linux || echo armv6l' }, /armv6l/],
    ['another system', { uname: 'echo Darwin' }, /this is Darwin, not Linux/],
  ])('refuses %s and says what to do', (_what, machine, why) => {
    const { status, said } = install(newRoot('refused'), ['--dry-run'], { machine });
    expect(status).toBe(1);
    expect(said).toMatch(why);
    expect(said.trim().split('\n').length).toBeGreaterThan(1);
  });

  it('refuses to change anything for somebody who is not root, and says how', () => {
    const root = newRoot('not-root');
    const before = contents(root);
    const { status, said } = install(root, [], { machine: { id: 'echo 1000' } });
    expect(status).toBe(1);
    expect(said).toMatch(/this must run as root\n.*sudo/);
    expect(contents(root)).toEqual(before);
  });

  it('refuses an option that it does not know, and a folder that is no archive', () => {
    expect(install(newRoot('refused'), ['--frobnicate'])).toMatchObject({ status: 1 });
    const { status, said } = execute('/bin/sh', [join(ROOT, 'scripts/install-terminal.sh'), '--dry-run']);
    expect(status).toBe(1);
    expect(said).toMatch(/pack-terminal\.mjs|systemd-sysusers/);
  });
});

describeWith(['root', 'systemd-sysusers'], 'an installation', () => {
  it('says what it would do, and does nothing', () => {
    const root = newRoot('dry');
    const before = contents(root);
    const { status, said } = install(root, ['--dry-run', '--terminal', 'kallio-1']);
    expect(status).toBe(0);
    expect(said).toMatch(/would run: systemctl .*enable hymio-terminal\.service/);
    expect(contents(root)).toEqual(before);
  });

  it('brings firmware, unit, user with its groups, and settings; done again it changes nothing', () => {
    const root = newRoot('new');
    installFromHere(archive, bench.path('copied/node_modules'));
    const settings = ['--terminal', 'kallio-1', '--broker', 'mqtt://gateway.example:1883', '--panel', 'stdin'];
    expect(install(root, settings, { modules: 'copied' }).status).toBe(0);
    const config = join(root, 'etc/hymio/terminal.yaml');
    const binary = join(root, 'usr/local/bin/hymio-terminal');
    expect(execute(binary, ['check-config', '--config', config])).toEqual({
      status: 0,
      said: expect.stringMatching(/^ok: terminal kallio-1, .*mqtt:\/\/gateway\.example:1883/),
    });
    expect(statSync(config).mode & 0o777).toBe(0o640);
    const group = readFileSync(join(root, 'etc/group'), 'utf8');
    expect(group).toMatch(/^dialout:.*:hymio-terminal$/m);
    expect(group).toMatch(/^gpio:.*:hymio-terminal$/m);
    expect(group).toMatch(new RegExp(`^hymio-terminal:x:${statSync(config).gid}:`, 'm'));
    const wanted = join(root, 'etc/systemd/system/multi-user.target.wants/hymio-terminal.service');
    expect(readlinkSync(wanted)).toBe('/etc/systemd/system/hymio-terminal.service');
    const before = contents(root);
    const { status, said } = install(root, ['--terminal', 'other-1']);
    expect(status).toBe(0);
    expect(said).toMatch(/Settings stay/);
    expect(contents(root)).toEqual(before);
  });

  it('asks for the settings where nobody gave them', () => {
    const { status, said } = install(newRoot('unset'));
    expect(status).toBe(0);
    expect(said).toMatch(
      /terminal: .*broker\.url: .*panel\.type: .*settings are not complete\. Edit .*terminal\.yaml/s,
    );
  });

  it('says that Debian 12 cannot drive the pins of the Pi', () => {
    expect(install(newRoot('old', '12'), ['--dry-run']).said).toMatch(/Debian 12 has no libgpiod 2/);
  });

  it('updates, goes back, and keeps no third release', () => {
    const root = newRoot('updated');
    const current = (): string => readlinkSync(join(root, 'opt/hymio-terminal/current'));
    install(root, ['--terminal', 'kallio-1']);
    for (const next of ['9.0.0-aaaaaaaa', '9.0.1-bbbbbbbb']) {
      const newer = bench.path(`newer-${next}`);
      expect(spawnSync('cp', ['-R', archive, newer]).status).toBe(0);
      writeFileSync(join(newer, 'release'), `${next}\n`);
      expect(install(root, [], { from: newer }).status).toBe(0);
      expect(current()).toBe(`releases/${next}`);
    }
    expect(readdirSync(join(root, 'opt/hymio-terminal/releases')).sort()).toEqual(['9.0.0-aaaaaaaa', '9.0.1-bbbbbbbb']);
    expect(install(root, ['--rollback'])).toMatchObject({ status: 0, said: expect.stringMatching(/Back to 9\.0\.0/) });
    expect(current()).toBe('releases/9.0.0-aaaaaaaa');
  });

  it('leaves the release that works in place where the new one does not start', () => {
    const root = newRoot('broken');
    install(root, ['--terminal', 'kallio-1']);
    const before = contents(root);
    const broken = bench.path('broken-archive');
    expect(spawnSync('cp', ['-R', archive, broken]).status).toBe(0);
    writeFileSync(join(broken, 'release'), '9.9.9-broken\n');
    writeFileSync(join(broken, 'device/dist/cli/main.js'), 'throw new Error("broken");\n');
    expect(install(root, [], { from: broken })).toMatchObject({
      status: 1,
      said: expect.stringMatching(/the new release does not start/),
    });
    const after = [...contents(root).keys()].filter((path) => !path.includes('.part/'));
    expect(after).toEqual([...before.keys()]);
    expect(readlinkSync(join(root, 'opt/hymio-terminal/current'))).toBe(`releases/${release}`);
  });

  it('taken away leaves journal and settings', () => {
    const root = newRoot('gone');
    install(root, ['--terminal', 'kallio-1']);
    bench.write('gone/var/lib/hymio-terminal/journal.sqlite', 'presses');
    expect(install(root, ['--uninstall']).status).toBe(0);
    expect(existsSync(join(root, 'opt/hymio-terminal'))).toBe(false);
    const left = [...contents(root).keys()].filter((path) => /hymio/.test(path));
    expect(left.sort()).toEqual(['etc/hymio/terminal.yaml', 'var/lib/hymio-terminal/journal.sqlite']);
  });
});
