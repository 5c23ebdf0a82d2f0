import { RATINGS } from '@hymio/protocol';
import { CATALOGUES } from '../../language/catalogues.js';
import type { PdfDocument } from '../../pdf/pdf-document.js';
import { smileySvg } from '../../pdf/smiley-svg.js';
import { PAPER_PALETTE, PAPER_WIDTH_PX } from '../charts/chart-palette.js';
import { drawCharts } from '../charts/draw-charts.js';
import type { ContentBlock, ContentChart, ContentTable, ReportContent } from '../content/report-content.js';
import { tableLayout } from './table-layout.js';
import { textRuns, withTextRuns } from './text-runs.js';

/** A weekly report as the template `assets/pdf/report.typ` reads it, its charts drawn. */
export async function reportPdf(content: ReportContent): Promise<PdfDocument> {
  const drawings = await drawCharts(content, PAPER_PALETTE, PAPER_WIDTH_PX);
  const sections = content.sections.map((section) => {
    return { ...section, blocks: section.blocks.map((block) => laidOut(block, drawings)) };
  });
  return {
    template: 'report',
    data: {
      content: {
        ...content,
        notices: withTextRuns(content.notices),
        sections: withTextRuns(sections),
      },
      subject: textRuns(content.subject, 'running'),
      definitions: definitionNumbers(content),
      faces: RATINGS.map(smileySvg),
      ratingNames: CATALOGUES[content.language].common.ratings,
    },
  };
}

function laidOut(block: ContentBlock, drawings: ReadonlyMap<ContentChart, string>): object {
  if (block.kind === 'table') return { ...block, table: withLayout(block.table) };
  if (block.kind !== 'chart') return block;
  const { chart } = block;
  return { ...block, chart: { ...chart, table: withLayout(chart.table), drawing: drawings.get(chart) } };
}

function withLayout(table: ContentTable): object {
  return { ...table, ...tableLayout(table) };
}

/** Definitions are numbered as they stand at the end; a number in the text leads there. */
function definitionNumbers({ sections }: ReportContent): Record<string, number> {
  const entries = sections
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.kind === 'definitions' ? block.entries : []));
  return Object.fromEntries(entries.map(({ definition }, index) => [definition, index + 1]));
}
