import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The folders that hold TypeScript of ours. */
export const PARTS = ['protocol', 'device', 'gateway', 'simulator', 'bench', 'tests'];
