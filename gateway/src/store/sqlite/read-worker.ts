import { parentPort, workerData } from 'node:worker_threads';
import { type ReadAnswer, type ReadCall, toPlainError } from './read-call.js';
import { SqliteReader } from './sqlite-reader.js';

/** The worker thread: one reader, calls by name, answered in order. */
function serve(file: string): void {
  const port = parentPort;
  if (port === null) throw new Error('this file runs as a worker only');
  const reader = new SqliteReader(file);
  port.on('message', (call: ReadCall | 'close') => {
    if (call === 'close') {
      reader.close();
      port.close();
      return;
    }
    port.postMessage(answer(reader, call));
  });
}

function answer(reader: SqliteReader, { id, method, args }: ReadCall): ReadAnswer {
  try {
    const run = reader[method] as (...values: unknown[]) => unknown;
    return { id, ok: true, value: run.apply(reader, [...args]) };
  } catch (error) {
    return { id, ok: false, error: toPlainError(error) };
  }
}

serve(String(workerData));
