import type { ContentBlock, ContentTable, Phrase, ReportContent } from '@hymio/gateway';

/** Every text that the content says, as one line. */
export function contentTexts(content: ReportContent): string[] {
  const { title, subject, period, notices, sections } = content;
  const said = sections.flatMap((section) => [section.title, ...section.blocks.flatMap(textsOfBlock)]);
  return [title, subject, period, ...notices.map(({ text }) => text), ...said];
}

function textsOfBlock(block: ContentBlock): string[] {
  switch (block.kind) {
    case 'paragraph':
      return [block.phrase.text];
    case 'list':
      return block.items.flatMap(({ text, items = [] }) => [text, ...items.map((item: Phrase) => item.text)]);
    case 'subheading':
      return [block.text];
    case 'table':
      return textsOfTable(block.table);
    case 'chart':
      return textsOfTable(block.chart.table);
    case 'definitions':
      return block.entries.flatMap(({ term, text }) => [term, text]);
  }
}

function textsOfTable({ caption, columns, rows }: ContentTable): string[] {
  const cells = rows.flat().flatMap(({ text, detail, ratings = [] }) => [text, detail ?? '', ...ratings.map(String)]);
  return [caption, ...columns.map(({ text }) => text), ...cells];
}
