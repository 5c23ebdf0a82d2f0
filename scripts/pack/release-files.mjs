import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../set-up/root.mjs';
import { productionLock } from './production-lock.mjs';

const PARTS = ['protocol', 'device'];
const DOCS = ['raspberry-pi.md', 'wiring.md', 'panel-serial.md', 'operations.md'];

/**
 * Everything that a terminal needs of us, by its path in the archive: compiled code of device and protocol, a lock for
 * what they need in production, unit, installer and documentation. Nothing of the gateway, no TypeScript.
 * @returns {Map<string, { content: Buffer, executable: boolean }>} in the order of the paths
 * @throws where something is not built
 */
export function releaseFiles() {
  const files = new Map();
  const add = (path, content, executable = false) => files.set(path, { content: Buffer.from(content), executable });
  const copy = (path, from = path, executable = false) => add(path, readFileSync(join(ROOT, from)), executable);
  const manifest = rootManifest();
  add('package.json', toJson(manifest));
  add('package-lock.json', toJson(productionLock(readJson('package-lock.json'), manifest)));
  copy('install-terminal.sh', 'scripts/install-terminal.sh', true);
  copy('LICENSE');
  for (const doc of DOCS) if (existsSync(join(ROOT, 'docs', doc))) copy(`docs/${doc}`);
  for (const name of readdirSync(join(ROOT, 'device/systemd'))) copy(`device/systemd/${name}`);
  for (const part of PARTS) {
    copy(`${part}/package.json`);
    const programs = Object.values(readJson(`${part}/package.json`).bin ?? {}).map((path) => join(part, path));
    for (const path of compiled(part)) copy(path, path, programs.includes(path));
  }
  return new Map([...files].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function rootManifest() {
  const { version, license, engines, overrides, allowScripts } = readJson('package.json');
  const common = { name: 'hymio-terminal', version, private: true, license, type: 'module', engines };
  return { ...common, workspaces: PARTS, allowScripts, overrides };
}

/** Compiled files whose source is still there. */
function compiled(part) {
  const sources = below(join(ROOT, part, 'src'));
  if (sources.length === 0) throw new Error(`${part} has no sources`);
  return sources.flatMap((source) => {
    if (!/\.tsx?$/.test(source) || source.endsWith('.d.ts')) return [];
    const path = `${part}/dist/${source.replace(/\.tsx?$/, '.js')}`;
    if (!existsSync(join(ROOT, path))) throw new Error(`${path} is missing: run npm run build`);
    return [path];
  });
}

function below(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

function readJson(path) {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

function toJson(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
