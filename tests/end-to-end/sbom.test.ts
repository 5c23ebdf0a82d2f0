import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBench } from '../support/test-bench.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAMS = [
  ['gateway', 'hymio-gateway'],
  ['device', 'hymio-terminal'],
] as const;
/** Packages below johnny-five whose package.json names no licence. */
const UNWRITTEN = ['pkg:npm/nanotimer@0.3.10', 'pkg:npm/temporal@0.7.1'];

interface Component {
  'bom-ref': string;
  name: string;
  version: string;
  purl: string;
  licenses?: unknown[];
}
interface Sbom {
  specVersion: string;
  metadata: { component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

/** Checks against the schema that CycloneDX publishes. */
function schemaFaults(sbom: Sbom): unknown {
  const schemas = join(
    createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json'),
    '../res/schema',
  );
  // Unknown formats are those of internationalised addresses, which npm does not write.
  const ajv = new Ajv({ strict: false, validateFormats: true, allErrors: true, logger: false });
  addFormats.default(ajv);
  for (const name of ['spdx', 'jsf-0.82'].map((one) => `${one}.SNAPSHOT.schema.json`)) {
    const { $id, ...schema } = json(join(schemas, name));
    ajv.addSchema(schema, `http://cyclonedx.org/schema/${name}`);
  }
  ajv.validate(json(join(schemas, `bom-${sbom.specVersion}.SNAPSHOT.schema.json`)), sbom);
  return ajv.errors;
}

describe('npm run sbom', () => {
  const bench = new TestBench('sbom');
  afterAll(() => bench.clear());
  const folder = () => bench.path('sboms');
  beforeAll(() => {
    // Nothing can be fetched: the registry is an address where nobody listens.
    const env = { ...process.env, npm_config_registry: 'http://127.0.0.1:9/', npm_config_offline: 'true' };
    const made = spawnSync(process.execPath, [join(ROOT, 'scripts/write-sbom.mjs'), folder()], {
      env,
      encoding: 'utf8',
    });
    expect(made).toMatchObject({ status: 0 });
  });

  it.each(PROGRAMS)('lists what %s consists of, as CycloneDX wants it', (workspace, file) => {
    const sbom: Sbom = json(join(folder(), `${file}.cdx.json`));
    expect(schemaFaults(sbom)).toBeNull();
    const { name, version, dependencies } = json(join(ROOT, workspace, 'package.json'));
    expect(sbom.metadata.component).toMatchObject({ name, version, type: 'application' });
    const purls = new Set(sbom.components.map(({ purl }) => decodeURIComponent(purl).replace(/@[^@]+$/, '')));
    expect(Object.keys(dependencies).filter((one) => !purls.has(`pkg:npm/${one}`))).toEqual([]);
    expect(['vitest', 'typescript', '@biomejs/biome'].filter((one) => purls.has(`pkg:npm/${one}`))).toEqual([]);
    // What the author of a package did not write down stands nowhere.
    const unlicensed = sbom.components.filter(({ licenses }) => licenses === undefined).map(({ purl }) => purl);
    expect(unlicensed).toEqual(workspace === 'device' ? UNWRITTEN : []);
  });

  it.each(PROGRAMS)('says of %s what needs what, without a loose end', (_, file) => {
    const { metadata, components, dependencies }: Sbom = json(join(folder(), `${file}.cdx.json`));
    const known = new Set([metadata.component, ...components].map((one) => one['bom-ref']));
    const named = dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
    expect(named.filter((ref) => !known.has(ref))).toEqual([]);
    const reached = new Set([metadata.component['bom-ref']]);
    for (const ref of reached)
      for (const next of dependencies.find((one) => one.ref === ref)?.dependsOn ?? []) reached.add(next);
    expect(components.map((one) => one['bom-ref']).filter((ref) => !reached.has(ref))).toEqual([]);
  });

  it('has a schema that finds fault with what is none', () => {
    const sbom: Sbom = json(join(folder(), 'hymio-gateway.cdx.json'));
    expect(schemaFaults({ ...sbom, components: [...sbom.components, { name: 'x' } as Component] })).not.toBeNull();
  });
});
