import { workerData } from 'node:worker_threads';
import { answerCalls } from '../threads/answer-calls.js';
import type { PdfDocument } from './pdf-document.js';
import { shippedFonts } from './shipped-fonts.js';
import { TypstPress } from './typst-press.js';

/** The worker thread: one press, made for the first document, so that what is wrong with it is told to who asked. */
function serve(fonts: readonly string[] | null): void {
  let press: TypstPress | undefined;
  answerCalls<PdfDocument>({
    answer(document) {
      press ??= new TypstPress(fonts ?? shippedFonts());
      return press.set(document);
    },
  });
}

serve(workerData as readonly string[] | null);
