import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROOT } from './set-up/root.mjs';
import { say } from './set-up/say.mjs';

/** What is installed somewhere, and the file that lists what it consists of. */
const PROGRAMS = [
  { workspace: 'gateway', file: 'hymio-gateway.cdx.json' },
  { workspace: 'device', file: 'hymio-terminal.cdx.json' },
];

/**
 * Writes a CycloneDX list of all libraries of each program, from package-lock.json alone: no network, nothing installed.
 * `node scripts/write-sbom.mjs [FOLDER]`; default `dist/sbom`.
 */
function writeSboms(folder) {
  mkdirSync(folder, { recursive: true });
  for (const { workspace, file } of PROGRAMS) {
    const path = join(folder, file);
    writeFileSync(path, `${JSON.stringify(sbomOf(workspace), null, 2)}\n`);
    say(`Wrote ${path}`);
  }
}

function sbomOf(workspace) {
  // Not --omit=dev: npm then leaves out what a program needs, where a tool for development may use it as well (yaml).
  const args = ['--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
  const npm = spawnSync('npm', ['sbom', ...args, `--workspace=${workspace}`], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (npm.status !== 0) throw new Error(`npm sbom failed for ${workspace}: ${npm.error?.message ?? npm.stderr}`);
  const { name } = JSON.parse(readFileSync(join(ROOT, workspace, 'package.json'), 'utf8'));
  return about(name, JSON.parse(npm.stdout));
}

/** npm lists the repository's root with more than the program needs; what is installed is the program and what it needs. */
function about(name, { metadata, components, dependencies, ...rest }) {
  const program = components.find((component) => component['bom-ref'].startsWith(`${name}@`));
  if (program === undefined) throw new Error(`npm sbom does not list ${name}`);
  const needs = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const needed = new Set([program['bom-ref']]);
  // A set that grows is walked to its new end.
  for (const ref of needed) for (const next of needs.get(ref) ?? []) needed.add(next);
  return {
    ...rest,
    metadata: { ...metadata, component: { ...program, type: 'application', name } },
    components: components.filter((component) => component !== program && needed.has(component['bom-ref'])),
    dependencies: dependencies.filter(({ ref }) => needed.has(ref)),
  };
}

writeSboms(resolve(process.argv[2] ?? join(ROOT, 'dist/sbom')));
