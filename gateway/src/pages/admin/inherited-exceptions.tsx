import { localized } from '../../language/language.js';
import { spansText } from '../../registry/minute-span.js';
import type { Group, Registry } from '../../registry/registry.js';
import type { PageContext } from '../page-context.js';

/** Exceptions of the groups above, the nearest first: they hold where none is set for the day further down. */
export function InheritedExceptions(props: { registry: Registry; group: string | undefined; context: PageContext }) {
  const { registry, group, context } = props;
  const { admin } = context.messages;
  const above = groupsAbove(registry, group).filter(({ exceptions = [] }) => exceptions.length > 0);
  if (above.length === 0) return null;
  return (
    <div class="inherited">
      {above.map(({ id, name, exceptions = [] }) => (
        <div key={id}>
          <p>{admin.groups.inherited(localized(name, context.language))}</p>
          <ul>
            {exceptions.map((exception) => (
              <li key={exception.date}>
                {exception.date} {exception.spans.length === 0 ? admin.groups.closed : spansText(exception.spans)}
                {exception.name === undefined ? '' : ` ${localized(exception.name, context.language)}`}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function groupsAbove({ groups }: Registry, id: string | undefined): Group[] {
  const above: Group[] = [];
  for (let at = groups.find((group) => group.id === id); at !== undefined && !above.includes(at); ) {
    above.push(at);
    const { parent } = at;
    at = parent === undefined ? undefined : groups.find((group) => group.id === parent);
  }
  return above;
}
