import { Fragment } from 'preact';
import type {
  ContentBlock,
  ContentChart,
  ContentItem,
  ContentSection,
  Phrase,
} from '../../report/content/report-content.js';
import { DefinitionLink } from '../definition-link.js';
import type { PageContext } from '../page-context.js';
import { ContentChartFigure } from './content-chart-figure.js';
import { ContentTableView } from './content-table-view.js';

/** What the parts of a report's page need besides its content. */
export interface ReportLinks {
  week: string;
  /** Charts, drawn. */
  drawings: ReadonlyMap<ContentChart, string>;
}

interface SectionProps {
  section: ContentSection;
  links: ReportLinks;
  context: PageContext;
}

/** A section of a report as HTML. */
export function ContentSectionView({ section, links, context }: SectionProps) {
  const { id, title, blocks } = section;
  return (
    <section aria-labelledby={`${id}-title`} class="report-section">
      <h2 id={`${id}-title`}>{title}</h2>
      {blocks.map((block, index) => (
        <Fragment key={`${id}-${index}`}>
          <Block block={block} links={links} context={context} />
        </Fragment>
      ))}
    </section>
  );
}

function Block({ block, links, context }: { block: ContentBlock; links: ReportLinks; context: PageContext }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p class={block.role === 'text' ? undefined : block.role}>
          <PhraseView phrase={block.phrase} context={context} />
        </p>
      );
    case 'list':
      return <ItemList items={block.items} context={context} />;
    case 'subheading':
      return <h3>{block.text}</h3>;
    case 'table':
      return <ContentTableView table={block.table} links={links} context={context} />;
    case 'chart':
      return <ContentChartFigure chart={block.chart} links={links} context={context} />;
    case 'definitions':
      return (
        <dl class="definitions">
          {block.entries.map(({ definition, term, text }) => (
            <div key={definition} id={`definition-${definition}`}>
              <dt>{term}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      );
  }
}

/** A sentence, and the way to what its numbers mean. */
export function PhraseView({ phrase: { text, definition }, context }: { phrase: Phrase; context: PageContext }) {
  if (definition === undefined) return <>{text}</>;
  return (
    <>
      {text}
      {'\u00a0'}
      <DefinitionLink of={definition} context={context} />
    </>
  );
}

function ItemList({ items, context }: { items: readonly ContentItem[]; context: PageContext }) {
  return (
    <ul class="notes">
      {items.map((item, index) => (
        <li key={`${index}-${item.text}`}>
          <PhraseView phrase={item} context={context} />
          {item.items === undefined || item.items.length === 0 ? null : (
            <ul>
              {item.items.map((inner, place) => (
                <li key={`${place}-${inner.text}`}>
                  <PhraseView phrase={inner} context={context} />
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
