#!/usr/bin/env node
import { setFrugalMemory } from './frugal-memory.js';

setFrugalMemory();
const { explainError } = await import('@hymio/protocol');
const { program } = await import('./program.js');

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`hymio-terminal: ${explainError(error)}\n`);
  // What a failed start left open must not keep the process alive: whoever watches it starts it again.
  process.exit(1);
}
