import { parentPort, workerData } from 'node:worker_threads';
import { type ReadAnswer, type ReadCall, toPlainError } from './read-call.js';
import { SqliteReader } from './sqlite-reader.js';

/** The worker thread: one reader, calls by name, answered in order. */
function serve(file: string): void {
  const port = parentPort;
  if (port === null) throw new Error('this file runs as a worker only');
  let reader: SqliteReader | undefined;
  // Opened by the first call, so that what is wrong with the file is told to the caller.
  const opened = () => {
    reader ??= new SqliteReader(file);
    return reader;
  };
  port.on('message', (call: ReadCall | 'close') => {
    if (call === 'close') {
      reader?.close();
      port.close();
      return;
    }
    port.postMessage(answer(opened, call));
  });
}

function answer(opened: () => SqliteReader, { id, method, args }: ReadCall): ReadAnswer {
  try {
    const reader = opened();
    const run = reader[method] as (...values: unknown[]) => unknown;
    return { id, ok: true, value: run.apply(reader, [...args]) };
  } catch (error) {
    return { id, ok: false, error: toPlainError(error) };
  }
}

serve(String(workerData));
