export { mergeRegistry } from './registry/merge-registry.js';
export * from './registry/registry.js';
export * from './registry/registry-file.js';
export { type MemoryDisk, MemoryStore, type MemoryStoreOptions, restoreMemoryStore } from './store/memory-store.js';
export { restoreStore } from './store/sqlite/restore-store.js';
export { openSqliteStore, type SqliteStore, type SqliteStoreOptions } from './store/sqlite/sqlite-store.js';
export * from './store/store.js';
