import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HymioError } from '@hymio/protocol';
import { type CompileDocArgs, NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';
import { fontCoverage } from './font-coverage.js';
import { fontUnreadable } from './font-unreadable.js';
import type { PdfDocument } from './pdf-document.js';
import { printable } from './printable.js';

const TEMPLATES = fileURLToPath(new URL('../../assets/pdf/', import.meta.url));
/** What Typst remembers of a document is of use to the next one; with more of them memory grows and time hardly falls. */
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
    const wanted = {
      mainFilePath: `${TEMPLATES}${template}.typ`,
      inputs: { data: JSON.stringify(printable(data, this.#covered)) },
    };
    try {
      // In one step: a document held between two would be freed with the next garbage collection, megabytes later.
      return new Uint8Array(this.#compiler.pdf(wanted, { pdfStandard: PdfStandard.UA_1 }));
    } catch (error) {
      throw notSet(this.#faults(wanted) ?? (error instanceof Error ? error.message : String(error)));
    } finally {
      this.#compiler.evictCache(REMEMBERED_DOCUMENTS);
    }
  }

  /** What is wrong with the template or its data, and where; undefined where Typst can set it. */
  #faults(wanted: CompileDocArgs): string | undefined {
    const error = this.#compiler.compile(wanted).takeError();
    return error === null ? undefined : JSON.stringify(this.#compiler.fetchDiagnostics(error));
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
