import type { Words } from '../../language/words.js';
import { DEFINITIONS } from '../definition.js';
import type { ContentSection } from './report-content.js';

/** What every number of the report means. */
export function definitionsSection({ messages }: Words): ContentSection {
  const { definitions, definitionTexts } = messages.report;
  return {
    id: 'definitions',
    title: definitions,
    blocks: [
      {
        kind: 'definitions',
        entries: DEFINITIONS.map((definition) => ({ definition, ...definitionTexts[definition] })),
      },
    ],
  };
}
