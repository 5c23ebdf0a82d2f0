#!/usr/bin/env node
import { setFrugalMemory } from './frugal-memory.js';

setFrugalMemory();
const { explainError } = await import('@hymio/protocol');
const { program } = await import('./program.js');

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`hymio-terminal: ${explainError(error)}\n`);
  process.exitCode = 1;
}
