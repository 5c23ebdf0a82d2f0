/** @typedef {Record<string, any>} LockEntry */
/** @typedef {{ lockfileVersion: number, packages: Record<string, LockEntry> }} Lock */

/**
 * The part of a package-lock.json (version 3) that some workspaces need in production: every package that is reached from
 * them, at the same place and the same version, and nothing else.
 * @param {Lock} lock the lock of the whole repository
 * @param {LockEntry} root the package.json that stands above the result
 * @returns {Lock} the lock for `npm ci`
 * @throws where the lock does not hold a package that is required
 */
export function productionLock(lock, root) {
  const { name, version, license, workspaces, engines } = root;
  const kept = new Set();
  for (const workspace of workspaces) visit(lock.packages, workspace, kept);
  const places = Object.keys(lock.packages).filter((place) => kept.has(place));
  const packages = Object.fromEntries(places.map((place) => [place, lock.packages[place]]));
  return {
    name,
    version,
    lockfileVersion: lock.lockfileVersion,
    requires: true,
    packages: { '': { name, version, license, workspaces, engines }, ...packages },
  };
}

/** Adds the package at `place` and what it needs to `kept`. */
function visit(packages, place, kept) {
  if (kept.has(place)) return;
  kept.add(place);
  const entry = packages[place];
  if (entry.link) {
    visit(packages, entry.resolved, kept);
    return;
  }
  const link = `node_modules/${entry.name}`;
  if (packages[link]?.link && packages[link].resolved === place) visit(packages, link, kept);
  for (const { name, required } of needs(entry)) {
    const found = resolve(packages, place, name);
    if (found !== undefined) visit(packages, found, kept);
    else if (required) throw new Error(`The lock has no ${name}, which ${place} needs: run npm install`);
  }
}

function needs(entry) {
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = entry;
  const names = (record, required) => Object.keys(record).map((name) => ({ name, required: required(name) }));
  return [
    ...names(dependencies, (name) => !(name in optionalDependencies)),
    ...names(optionalDependencies, () => false),
    ...names(peerDependencies, (name) => peerDependenciesMeta[name]?.optional !== true),
  ];
}

/** Where Node would find `name` from `place`: in its own node_modules, else in that of a folder above. */
function resolve(packages, place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (candidate in packages) return candidate;
    if (folder === '') return undefined;
  }
}
