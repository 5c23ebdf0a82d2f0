import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { breaches, type Dependencies, nameBreaches, RULES } from './import-rules.js';
import { filesBelow, readText, sourcesOf } from './source-files.js';

/** Parts name their own; tests and bench use what the root and the parts have. */
async function dependencies(): Promise<Dependencies> {
  const names = z.record(z.string(), z.string()).default({});
  const manifest = z.object({ dependencies: names, devDependencies: names });
  const read = async (folder: string) => {
    const { dependencies: own, devDependencies } = manifest.parse(JSON.parse(await readText(`${folder}/package.json`)));
    return [...Object.keys(own), ...Object.keys(devDependencies)];
  };
  const ships = Object.keys(RULES).filter((part) => RULES[part]?.ships);
  const parts = await Promise.all(ships.map(async (part) => [part, await read(part)] as const));
  const all = [...(await read('.')), ...parts.flatMap(([, own]) => own)];
  return { ...Object.fromEntries(parts), bench: all, tests: all };
}

describe('the sources', () => {
  it('follow the rules on who may import whom, on size and on names', async () => {
    const files = await sourcesOf(Object.keys(RULES));
    expect(files.length).toBeGreaterThan(20);
    expect(breaches(files, await dependencies())).toEqual([]);
  });

  it('and scripts have kebab-case names', async () => {
    const scripts = await filesBelow('scripts', /\.[cm]?[jt]s$/);
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.flatMap(nameBreaches)).toEqual([]);
  });
});

const known: Dependencies = {
  protocol: ['zod'],
  device: ['mqtt', 'zod', 'better-sqlite3'],
  gateway: ['mqtt', 'fastify', 'zod'],
  simulator: ['zod'],
  bench: ['mqtt'],
  tests: ['vitest'],
};

function breachesOf(path: string, text: string): string[] {
  return breaches([{ path, text }], known);
}

describe('the checker', () => {
  it.each([
    ['protocol/src/a.ts', "import * as z from 'zod';"],
    ['device/src/a.ts', "import { now } from '@hymio/protocol';"],
    ['gateway/src/a/b.ts', "import { x } from '../c.js';"],
    ['gateway/src/page.tsx', "import { readFileSync } from 'node:fs'; export const page = <p>{readFileSync}</p>;"],
    ['simulator/src/a.ts', "import { x } from '@hymio/device'; import { y } from '@hymio/gateway';"],
    ['tests/unit/a.test.ts', "import { x } from '@hymio/protocol/asyncapi'; import y from '../../scripts/y.mjs';"],
    ['bench/a.ts', "import { x } from '@hymio/simulator';"],
    ['device/src/cli/main.ts', 'process.exit(1);'],
    ['tests/end-to-end/child.ts', 'process.exit(1);'],
    ['device/src/a.ts', 'export const same = <T>(one: T): T => one;'],
    ['device/src/a.ts', '// import "@hymio/gateway"; process.exit(1)\nexport const text = "process.exit(1)";'],
  ])('is content with %s: %s', (path, text) => {
    expect(breachesOf(path, text)).toEqual([]);
  });

  it.each([
    ['protocol/src/a.ts', "import { readFile } from 'node:fs';", 'protocol is pure: no node:fs'],
    ['protocol/src/a.ts', "import mqtt from 'mqtt';", 'protocol may import zod alone, not mqtt'],
    ['protocol/src/a.ts', "import { x } from '@hymio/device';", 'protocol may not import @hymio/device'],
    ['device/src/a.ts', "import { x } from '@hymio/gateway';", 'device may not import @hymio/gateway'],
    ['device/src/a.ts', "import type { X } from '@hymio/gateway';", 'device may not import @hymio/gateway'],
    ['device/src/a.ts', "export * from '@hymio/gateway';", 'device may not import @hymio/gateway'],
    ['device/src/a.ts', "export { x } from '@hymio/gateway';", 'device may not import @hymio/gateway'],
    ['device/src/a.ts', "const x = await import('@hymio/gateway');", 'device may not import @hymio/gateway'],
    ['device/src/a.ts', "const x = require('@hymio/gateway');", 'device may not import @hymio/gateway'],
    ['device/src/a.ts', "type X = import('@hymio/gateway').X;", 'device may not import @hymio/gateway'],
    ['device/src/a.ts', "import x from '@hymio/protocol/asyncapi';", 'device may not import @hymio/protocol/asyncapi'],
    ['gateway/src/a.ts', "import { x } from '@hymio/device';", 'gateway may not import @hymio/device'],
    ['gateway/src/a.ts', "import { x } from '@hymio/simulator';", 'gateway may not import @hymio/simulator'],
    ['tests/a.ts', "import x from '@hymio/device/dist/a.js';", 'tests may not import @hymio/device/dist/a.js'],
    ['simulator/src/a.ts', "import x from '../../device/src/a.js';", '../../device/src/a.js reaches into another part'],
    ['simulator/src/a.ts', "import x from '../../tests/a.js';", '../../tests/a.js reaches into another part'],
    ['gateway/src/a.ts', "import x from '../../scripts/a.mjs';", '../../scripts/a.mjs reaches into another part'],
    ['gateway/src/a.ts', "import x from '../dist/a.js';", '../dist/a.js reaches into compiled files'],
    ['device/src/a.ts', "import fastify from 'fastify';", 'fastify is not among the dependencies of device'],
    ['device/src/a.ts', "import x from '@other/thing/deep';", '@other/thing is not among the dependencies of device'],
    ['device/src/a.ts', 'const x = await import(name);', 'an import that no one can check'],
    ['device/src/run.ts', 'process.exit(1);', 'only src/cli may end the process'],
    ['device/src/utils.ts', '', 'name the concept, not "utils"'],
    ['device/src/deviceClock.ts', '', 'the file name is not kebab-case'],
    ['device/src/device_clock.ts', '', 'the file name is not kebab-case'],
    ['device/src/a.ts', 'export {};\n'.repeat(301), '301 lines, more than 300'],
    ['other/a.ts', '', 'belongs to no part'],
  ])('finds fault with %s: %s', (path, text, fault) => {
    expect(breachesOf(path, text)).toEqual([`${path}: ${fault}`]);
  });

  it('allows a library in one folder, and what is below it', () => {
    const text = "import fastify from 'fastify';";
    const files = ['gateway/src/http/server.ts', 'gateway/src/http/routes/reports.ts'].map((path) => ({ path, text }));
    expect(breaches(files, known)).toEqual([]);
  });

  it('finds a library in two folders of one part, type-only imports included', () => {
    const files = [
      { path: 'device/src/uplink/broker.ts', text: "import mqtt from 'mqtt';" },
      { path: 'device/src/status/heartbeat.ts', text: "import type { MqttClient } from 'mqtt';" },
      { path: 'gateway/src/broker.ts', text: "import mqtt from 'mqtt';" },
    ];
    expect(breaches(files, known)).toEqual([
      'device: mqtt is imported in more than one folder: device/src/status/heartbeat.ts, device/src/uplink/broker.ts',
    ]);
  });

  it('does not take zod for an adapter', () => {
    const text = "import * as z from 'zod';";
    const files = ['device/src/a.ts', 'device/src/b/c.ts'].map((path) => ({ path, text }));
    expect(breaches(files, known)).toEqual([]);
  });

  it('says so where a file is not TypeScript', () => {
    expect(() => breachesOf('device/src/a.ts', 'const = ;')).toThrow();
  });
});
