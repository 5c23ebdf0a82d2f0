import { localized } from '../../language/language.js';
import type { Group, Registry, ServicePoint } from '../../registry/registry.js';
import type { PageContext } from '../page-context.js';
import { adminPage } from './admin-page.js';

export type PlacesModel = Pick<Registry, 'groups' | 'servicePoints'>;

interface Branch {
  group: Group;
  groups: Branch[];
  points: ServicePoint[];
}

/** Groups as the tree that they are; one whose parent is missing stands at the top, so that none is hidden. */
export function branches({ groups, servicePoints }: PlacesModel): Branch[] {
  const all = new Map(groups.map((group) => [group.id, { group, groups: [], points: [] } as Branch]));
  for (const point of servicePoints) all.get(point.group)?.points.push(point);
  const roots: Branch[] = [];
  for (const branch of all.values()) {
    const parent = branch.group.parent === undefined ? undefined : all.get(branch.group.parent);
    (parent === undefined ? roots : parent.groups).push(branch);
  }
  return roots;
}

export function placesPage(model: PlacesModel, context: PageContext): string {
  const { admin } = context.messages;
  return adminPage({
    context,
    section: 'places',
    title: admin.title,
    children: (
      <>
        <p class="lead">{admin.lead}</p>
        <p class="actions">
          <a href={context.link('/admin/new-group')}>{admin.groups.newTitle}</a>
          <a href={context.link('/admin/new-service-point')}>{admin.points.newTitle}</a>
        </p>
        <Tree branches={branches(model)} context={context} />
      </>
    ),
  });
}

function Tree({ branches: list, context }: { branches: readonly Branch[]; context: PageContext }) {
  const { language, messages } = context;
  return (
    <ul class="tree">
      {list.map(({ group, groups, points }) => (
        <li key={group.id}>
          <a class="name" href={context.link(`/admin/groups/${group.id}`)}>
            {localized(group.name, language)}
          </a>
          {groups.length + points.length === 0 ? <span class="detail"> {messages.admin.groups.empty}</span> : null}
          {points.length === 0 ? null : (
            <ul>
              {points.map(({ id, name }) => (
                <li key={id}>
                  <a href={context.link(`/admin/service-points/${id}`)}>{localized(name, language)}</a>
                </li>
              ))}
            </ul>
          )}
          {groups.length === 0 ? null : <Tree branches={groups} context={context} />}
        </li>
      ))}
    </ul>
  );
}
