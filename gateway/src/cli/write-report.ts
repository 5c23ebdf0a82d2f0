import { HymioError } from '@hymio/protocol';
import { type Chunks, writeOutputFile } from './output-file.js';

/** Formats that a terminal window cannot show. */
const BINARY: readonly string[] = ['pdf', 'xlsx'];

/**
 * Writes a report to a new file, or to standard output once all of it is there. Errors: HymioError `output-needed` and
 * those of `writeOutputFile`.
 */
export async function writeReport(
  { out, format }: { out?: string | undefined; format: string },
  chunks: Chunks,
): Promise<void> {
  if (out !== undefined) return writeOutputFile(out, chunks);
  if (process.stdout.isTTY && BINARY.includes(format)) {
    throw new HymioError('output-needed', `${format.toUpperCase()} is not text.`, 'Name a file with --out.');
  }
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(Buffer.from(chunk));
  await toStandardOutput(Buffer.concat(parts));
}

/** A reader that has seen enough, such as `head`, is no error. */
function toStandardOutput(body: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.once('error', (cause: Error & { code?: string }) => {
      if (cause.code === 'EPIPE') resolve();
      else reject(unwritable(cause));
    });
    process.stdout.write(body, (failed) => {
      if (!failed) resolve();
    });
  });
}

function unwritable(cause: Error): HymioError {
  return new HymioError(
    'output-unwritable',
    `Standard output cannot be written: ${cause.message}.`,
    'Free space where it leads, or name a file with --out.',
    { cause },
  );
}
