import type { SqliteReader } from './sqlite-reader.js';

/** What can be asked of the reader. */
export type ReadMethod = Exclude<keyof SqliteReader, 'close'>;

export interface ReadCall {
  method: ReadMethod;
  args: readonly unknown[];
}
