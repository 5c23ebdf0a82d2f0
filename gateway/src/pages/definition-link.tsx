import type { Definition } from '../report/definition.js';
import type { PageContext } from './page-context.js';

/** A small link from a number to what it means. */
export function DefinitionLink({ of, context }: { of: Definition; context: PageContext }) {
  const { common, report } = context.messages;
  const label = common.definitionOf(report.definitionTexts[of].term);
  return (
    <a class="definition-link" href={`#definition-${of}`} aria-label={label} title={label}>
      ?
    </a>
  );
}
