import { localized } from '../language/language.js';
import type { LocalizedText } from '../registry/registry.js';
import type { PageContext } from './page-context.js';

/** The way down from the overview to this page; `above`: the groups above it, the root first. */
export function Trail(props: { above: readonly { id: string; name: LocalizedText }[]; context: PageContext }) {
  const { above, context } = props;
  const { common, overview } = context.messages;
  return (
    <nav class="trail" aria-label={overview.trail}>
      <ol>
        <li>
          <a class="trail-link" href={context.link('/')}>
            {common.overview}
          </a>
        </li>
        {above.map(({ id, name }) => (
          <li key={id}>
            <a class="trail-link" href={context.link(`/groups/${id}`)}>
              {localized(name, context.language)}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
