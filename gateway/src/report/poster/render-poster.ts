import { words } from '../../language/words.js';
import type { PdfPrinter } from '../../pdf/pdf-printer.js';
import type { Store } from '../../store/store.js';
import type { RenderedReport } from '../render-weekly-report.js';
import { readPosterInput } from './poster-input.js';
import type { PosterLanguages } from './poster-languages.js';
import { posterPdf } from './poster-pdf.js';

/** The poster of a service point and a month as a PDF file. Errors: those of `readPosterInput` and of the printer. */
export async function renderPoster(
  store: Store,
  wanted: { month?: string | undefined; servicePoint: string; languages: PosterLanguages },
  { zone, now, printer }: { zone: string; now: number; printer: PdfPrinter },
): Promise<RenderedReport> {
  const input = await readPosterInput(store, wanted, { zone, now });
  const [first, second] = wanted.languages;
  return {
    body: await printer.print(posterPdf(input, [words(first, zone), words(second, zone)])),
    contentType: 'application/pdf',
    fileName: `hymio-poster-${input.month.id}-${input.servicePoint}.pdf`,
  };
}
