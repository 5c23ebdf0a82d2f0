import { execFileSync, type StdioOptions } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from './requirements.js';

/** What reads PDF files in tests. */
export const PDF_PROGRAMS = ['pdftotext', 'pdfinfo', 'pdffonts', 'qpdf'] as const;

/** A PDF file as programs of others understand it. */
export interface ReadPdf {
  /** In the order of reading, divided words put together, in the spaces of `spaced`. */
  text: string;
  /** What `pdfinfo` says of the file: title, pages, tagged … */
  info: Readonly<Record<string, string>>;
  /** The structure tree with its text, as `pdfinfo -struct-text` prints it. Slow for a page of many elements. */
  structure: () => string;
  /** XMP metadata. */
  metadata: string;
  /** One line for each font: name, and whether it is embedded, a subset, readable. */
  fonts: readonly { name: string; embedded: boolean; subset: boolean; unicode: boolean }[];
  /** All objects, uncompressed. */
  objects: string;
}

/** Reads a PDF with poppler and qpdf; qpdf finds no fault in it. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const ask = (name: string, ...args: string[]) => askProgram(bytes, name, args);
  ask('qpdf', '--check', FILE);
  return {
    text: spaced(ask('pdftotext', '-raw', FILE, '-')),
    info: infoOf(ask('pdfinfo', FILE)),
    structure: () => ask('pdfinfo', '-struct-text', FILE),
    metadata: ask('pdfinfo', '-meta', FILE),
    fonts: fontsOf(ask('pdffonts', FILE)),
    objects: ask('qpdf', '--qdf', '--object-streams=disable', FILE, '-'),
  };
}

const FILE = 'read.pdf';

/** What a program says of a file with those bytes. */
function askProgram(bytes: Uint8Array, name: string, args: readonly string[]): string {
  const cwd = mkdtempSync(join(tmpdir(), 'hymio-pdf-'));
  try {
    writeFileSync(join(cwd, FILE), bytes);
    const stdio: StdioOptions = ['ignore', 'pipe', 'ignore'];
    return execFileSync(program(name), args, { cwd, encoding: 'utf8', stdio, maxBuffer: 1e9 });
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** The same in one line with plain spaces, and none beside a dash: readers of PDF leave thin ones out. */
export function spaced(text: string): string {
  return text
    .replaceAll(/\u00ad\s+/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?– ?/g, '–');
}

function infoOf(lines: string): Record<string, string> {
  return Object.fromEntries(
    lines.split('\n').flatMap((line) => {
      const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );
}

function fontsOf(table: string): ReadPdf['fonts'] {
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => {
      const [name = ''] = line.split(' ');
      const [embedded, subset, unicode] = /(yes|no) (yes|no) (yes|no)/.exec(line)?.slice(1) ?? [];
      return { name, embedded: embedded === 'yes', subset: subset === 'yes', unicode: unicode === 'yes' };
    });
}
