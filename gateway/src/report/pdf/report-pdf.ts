import { RATINGS } from '@hymio/protocol';
import { CATALOGUES } from '../../language/catalogues.js';
import type { PdfDocument } from '../../pdf/pdf-document.js';
import { smileySvg } from '../../pdf/smiley-svg.js';
import type { ContentBlock, ContentTable, ReportContent } from '../content/report-content.js';
import { columnWidths } from './column-widths.js';

/** A weekly report as the template `assets/pdf/report.typ` reads it. Pure. */
export function reportPdf(content: ReportContent): PdfDocument {
  const sections = content.sections.map((section) => ({ ...section, blocks: section.blocks.map(laidOut) }));
  return {
    template: 'report',
    data: {
      content: { ...content, sections },
      definitions: definitionNumbers(content),
      faces: RATINGS.map(smileySvg),
      ratingNames: CATALOGUES[content.language].common.ratings,
    },
  };
}

function laidOut(block: ContentBlock): object {
  if (block.kind === 'table') return { ...block, table: withWidths(block.table) };
  if (block.kind === 'chart') return { ...block, chart: { ...block.chart, table: withWidths(block.chart.table) } };
  return block;
}

function withWidths(table: ContentTable): object {
  return { ...table, widths: columnWidths(table) };
}

/** Definitions are numbered as they stand at the end; a number in the text leads there. */
function definitionNumbers({ sections }: ReportContent): Record<string, number> {
  const entries = sections
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.kind === 'definitions' ? block.entries : []));
  return Object.fromEntries(entries.map(({ definition }, index) => [definition, index + 1]));
}
