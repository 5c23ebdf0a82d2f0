import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HymioError } from '@hymio/protocol';
import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';
import { fontCoverage } from './font-coverage.js';
import { fontUnreadable } from './font-unreadable.js';
import type { PdfDocument } from './pdf-document.js';
import { printable } from './printable.js';

const TEMPLATES = fileURLToPath(new URL('../../assets/pdf/', import.meta.url));
/** What Typst remembers of a document is of use to the next one, and to none after it. */
const REMEMBERED_DOCUMENTS = 1;

/**
 * Sets documents with Typst, in the thread that calls it (some 10 ms a page). It holds its fonts and reads nothing else but
 * the templates.
 */
export class TypstPress {
  readonly #compiler: NodeCompiler;
  readonly #covered: ReadonlySet<number>;

  /** Errors: HymioError `pdf-font-unreadable`. */
  constructor(fonts: readonly string[]) {
    const read = fonts.map(readFont);
    // All weights of a family have the same characters.
    this.#covered = read[0]?.covered ?? new Set();
    const fontBlobs = read.map(({ bytes }) => bytes);
    this.#compiler = NodeCompiler.create({ workspace: TEMPLATES, fontArgs: [{ fontBlobs }] });
  }

  /** A document conforming to PDF/UA-1. Errors: HymioError `pdf-not-set`. */
  set({ template, data }: PdfDocument): Uint8Array {
    const inputs = { data: JSON.stringify(printable(data, this.#covered)) };
    const result = this.#compiler.compile({ mainFilePath: `${TEMPLATES}${template}.typ`, inputs });
    try {
      const document = result.result;
      if (document === null) throw notSet(JSON.stringify(this.#faults(result)));
      return new Uint8Array(this.#compiler.pdf(document, { pdfStandard: PdfStandard.UA_1 }));
    } catch (error) {
      throw error instanceof HymioError ? error : notSet(error instanceof Error ? error.message : String(error));
    } finally {
      this.#compiler.evictCache(REMEMBERED_DOCUMENTS);
    }
  }

  #faults(result: ReturnType<NodeCompiler['compile']>): unknown[] {
    const error = result.takeDiagnostics();
    return error === null ? [] : this.#compiler.fetchDiagnostics(error);
  }
}

function notSet(reason: string): HymioError {
  return new HymioError(
    'pdf-not-set',
    `The PDF could not be made: ${reason}`,
    'Take another format, such as html; this is a fault of the program, so tell those who make it.',
  );
}

function readFont(file: string): { bytes: Buffer; covered: ReadonlySet<number> } {
  try {
    const bytes = readFileSync(file);
    return { bytes, covered: fontCoverage(bytes) };
  } catch (error) {
    throw fontUnreadable(file, error);
  }
}
