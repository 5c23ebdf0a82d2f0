import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { releaseFiles } from './pack/release-files.mjs';
import { say } from './set-up/say.mjs';
import { ensureSetUp, reportSetUpError } from './set-up.mjs';

/**
 * Writes the archive from which a terminal is installed, from what is built. Equal contents give an equal file.
 * @param {string} folder where to write it
 * @returns {{ file: string, release: string }} its path, and the name of what is in it: version and digest
 * @throws where something is not built, or tar fails
 */
export function packTerminal(folder) {
  const files = releaseFiles();
  const release = nameOf(files);
  files.set('release', { content: Buffer.from(`${release}\n`), executable: false });
  const name = `hymio-terminal-${release}`;
  const file = join(resolve(folder), `${name}.tar.gz`);
  const stage = mkdtempSync(join(tmpdir(), 'hymio-pack-'));
  try {
    for (const [path, { content, executable }] of files) {
      const place = join(stage, name, path);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, content);
      chmodSync(place, executable ? 0o755 : 0o644);
    }
    mkdirSync(dirname(file), { recursive: true });
    tar(stage, name, file);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
  return { file, release };
}

function nameOf(files) {
  const hash = createHash('sha256');
  for (const [path, { content, executable }] of files)
    hash.update(`${path} ${executable} ${content.length}\n`).update(content);
  const { version } = JSON.parse(files.get('package.json').content);
  return `${version}-${hash.digest('hex').slice(0, 8)}`;
}

/** Nothing of this machine goes in: no owner, no time, no order of a folder. */
function tar(stage, name, file) {
  const plain = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=u=rwX,go=rX'];
  const ended = spawnSync('tar', [...plain, '-czf', file, '-C', stage, name], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, GZIP: undefined },
  });
  if (ended.error !== undefined) throw new Error(`GNU tar could not be started: ${ended.error.message}`);
  if (ended.status !== 0) throw new Error('GNU tar failed; what it said is above.');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await ensureSetUp().catch(reportSetUpError);
  if (process.exitCode === undefined) {
    const { file } = packTerminal(process.argv[2] ?? 'dist');
    say(`Copy this to the terminal, unpack it there, and run install-terminal.sh as root:`);
    process.stdout.write(`${file}\n`);
  }
}
