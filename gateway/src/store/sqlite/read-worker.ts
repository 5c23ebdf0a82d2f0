import { workerData } from 'node:worker_threads';
import { answerCalls } from '../../threads/answer-calls.js';
import type { ReadCall } from './read-call.js';
import { SqliteReader } from './sqlite-reader.js';

/** The worker thread: one reader, calls by name. */
function serve(file: string): void {
  let reader: SqliteReader | undefined;
  answerCalls<ReadCall>({
    answer({ method, args }) {
      // Opened by the first call, so that what is wrong with the file is told to the caller.
      reader ??= new SqliteReader(file);
      const run = reader[method] as (...values: unknown[]) => unknown;
      return run.apply(reader, [...args]);
    },
    close: () => reader?.close(),
  });
}

serve(String(workerData));
