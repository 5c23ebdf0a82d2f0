import { terminalConfigSchema } from '@hymio/device';
import { gatewayConfigSchema } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readText } from './source-files.js';

/** The rows of the table below a heading: what stands in their first cell. */
async function firstCells(heading: string): Promise<string[]> {
  const text = await readText('docs/operations.md');
  const [, section = ''] = text.split(`\n${heading}\n`);
  const [upToNext = ''] = section.split(/\n#/);
  return [...upToNext.matchAll(/^\| (`.*?`) \|/gm)].map(([, cell = '']) => cell);
}
const named = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

interface Shape {
  properties?: Record<string, Shape>;
  anyOf?: Shape[];
  oneOf?: Shape[];
  allOf?: Shape[];
}

/** `log`, `log.level`: every key of a configuration. */
function keysOf(shape: Shape, above = ''): string[] {
  const here = Object.entries(shape.properties ?? {}).flatMap(([key, below]) => [
    `${above}${key}`,
    ...keysOf(below, `${above}${key}.`),
  ]);
  const { anyOf = [], oneOf = [], allOf = [] } = shape;
  return [...here, ...[...anyOf, ...oneOf, ...allOf].flatMap((one) => keysOf(one, above))];
}
const keysOfSchema = (schema: z.ZodType): string[] =>
  keysOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape);

describe('the tables of docs/operations.md', () => {
  it.each([
    ['### Configuration', terminalConfigSchema],
    ['### Configuration of the gateway', gatewayConfigSchema],
  ])('of %s name only keys that there are', async (heading, schema) => {
    const keys = (await firstCells(heading)).flatMap(named);
    expect(keys.length).toBeGreaterThan(8);
    const there = new Set(keysOfSchema(schema));
    expect(keys.filter((key) => !there.has(key))).toEqual([]);
  });

  it('have a row for each command of the gateway', async () => {
    const inTable = (await firstCells('## The gateway')).flatMap(named).map((row) => row.split(' ')[0]);
    const source = await readText('gateway/src/cli/main.ts');
    const commands = [...source.matchAll(/(?:^|program\s*\.)command\('([a-z-]+)'/gm)].map(([, name]) => name);
    expect(commands.length).toBeGreaterThan(10);
    expect(commands.filter((name) => !inTable.includes(name))).toEqual([]);
  });
});
