// What works without zod: for threads that check no messages, and would keep that library in memory for nothing.
export * from './clock-quality.js';
export * from './hymio-error.js';
export * from './rating.js';
export * from './setting-bounds.js';
export * from './status-bounds.js';
export * from './terminal-id.js';
