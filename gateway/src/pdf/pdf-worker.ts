import { workerData } from 'node:worker_threads';
import { reportPdf } from '../report/pdf/report-pdf.js';
import { answerCalls } from '../threads/answer-calls.js';
import type { PrintJob } from './pdf-document.js';
import { shippedFonts } from './shipped-fonts.js';
import { TypstPress } from './typst-press.js';

/** The worker thread: one press, made for the first document, so that what is wrong with it is told to who asked. */
function serve(fonts: readonly string[] | null): void {
  let press: TypstPress | undefined;
  answerCalls<PrintJob>({
    async answer(job) {
      press ??= new TypstPress(fonts ?? shippedFonts());
      // Drawing takes as long as setting does, so it is done here too.
      return press.set('report' in job ? await reportPdf(job.report) : job);
    },
  });
}

serve(workerData as readonly string[] | null);
