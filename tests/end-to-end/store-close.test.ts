import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { runCommand } from '../support/run-command.js';
import { TestBench } from '../support/test-bench.js';

const SCRIPT = fileURLToPath(new URL('../support/close-while-reading.mjs', import.meta.url));
const bench = new TestBench('store-close');
afterAll(() => bench.clear());

it('a store that is closed while it is read ends, and so does its process', async () => {
  // A promise that is never settled shows where nothing else keeps the process alive: it ends with code 13.
  const ended = await runCommand(SCRIPT, bench.path('store'));
  expect(ended).toMatchObject({ code: 0, stdout: 'closed\n' });
});
