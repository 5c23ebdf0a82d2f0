import { isTerminalId } from '@hymio/protocol';
import { itemExists } from './item-exists.js';
import { itemVersion, type VersionedItem } from './item-version.js';
import { placeUseFaults } from './place-uses.js';
import type { Registry } from './registry.js';
import type { RegistryEdit, RegistryFacts } from './registry-edit.js';
import type { RegistryFault, RegistrySubject } from './registry-fault.js';
import { faultOf, newFaults } from './registry-faults.js';
import { editTerminal } from './terminal-edits.js';

export type RegistryEditResult = { kind: 'done'; registry: Registry } | { kind: 'refused'; faults: RegistryFault[] };

/** The registry as it is after an edit, or everything that is wrong about the edit. Pure. */
export function applyRegistryEdit(registry: Registry, edit: RegistryEdit, facts: RegistryFacts): RegistryEditResult {
  const outdated = outdatedBy(registry, edit);
  if (outdated !== undefined) return { kind: 'refused', faults: [outdated] };
  const edited = editOf(registry, edit, facts);
  if ('faults' in edited) return { kind: 'refused', faults: edited.faults };
  const faults = newFaults(registry, edited.registry);
  return faults.length > 0 ? { kind: 'refused', faults } : { kind: 'done', registry: edited.registry };
}

/** The outcome of one kind of edit, before the whole is looked at. */
export type Edited = { registry: Registry } | { faults: RegistryFault[] };

/** What the version of an edit is of. */
export function versionedItem(edit: RegistryEdit): VersionedItem {
  switch (edit.kind) {
    case 'put-group':
      return { kind: 'group', id: edit.group.id };
    case 'put-service-point':
      return { kind: 'service-point', id: edit.servicePoint.id };
    case 'put-question':
      return { kind: 'question', id: edit.question.id };
    case 'remove-group':
      return { kind: 'group', id: edit.id };
    case 'remove-service-point':
      return { kind: 'service-point', id: edit.id };
    case 'remove-question':
      return { kind: 'question', id: edit.id };
    case 'ask-question':
      return { kind: 'asked-at', id: edit.servicePoint };
    default:
      return { kind: 'terminal', id: edit.terminal };
  }
}

function outdatedBy(registry: Registry, edit: RegistryEdit): RegistryFault | undefined {
  if (edit.version === undefined) return undefined;
  const item = versionedItem(edit);
  if (edit.version === itemVersion(registry, item)) return undefined;
  const subject: RegistrySubject = { kind: item.kind === 'asked-at' ? 'service-point' : item.kind, id: item.id };
  const isThere =
    item.kind === 'terminal' ||
    itemExists(registry, item.kind === 'asked-at' ? { kind: 'service-point', id: item.id } : item);
  return isThere
    ? faultOf('changed-meanwhile', subject, 'has been changed by somebody else meanwhile.')
    : faultOf('gone', subject, 'has been removed by somebody else meanwhile.');
}

function editOf(registry: Registry, edit: RegistryEdit, facts: RegistryFacts): Edited {
  const isNew = edit.version === undefined;
  switch (edit.kind) {
    case 'put-group':
      return put(registry, 'groups', edit.group, { kind: 'group', id: edit.group.id }, isNew);
    case 'put-service-point': {
      const subject = { kind: 'service-point', id: edit.servicePoint.id } as const;
      return put(registry, 'servicePoints', edit.servicePoint, subject, isNew);
    }
    case 'put-question':
      return put(registry, 'questions', edit.question, { kind: 'question', id: edit.question.id }, isNew);
    case 'remove-group':
      return remove(registry, 'groups', groupInUse(registry, edit.id, facts), edit.id);
    case 'remove-service-point':
      return remove(registry, 'servicePoints', servicePointInUse(registry, edit.id, facts), edit.id);
    case 'remove-question':
      return remove(registry, 'questions', questionInUse(registry, edit.id), edit.id);
    default:
      return editTerminal(registry, edit, facts);
  }
}

type ItemList = 'groups' | 'servicePoints' | 'questions';

function put<L extends ItemList>(
  registry: Registry,
  list: L,
  item: Registry[L][number],
  subject: RegistrySubject,
  isNew: boolean,
): Edited {
  const items: readonly { id: string }[] = registry[list];
  const { id } = item;
  if (!isTerminalId(id)) {
    return {
      faults: [faultOf('id-malformed', subject, 'has an id of other characters than a-z, 0-9 and -.', { field: 'id' })],
    };
  }
  if (isNew && items.some((each) => each.id === id)) {
    return { faults: [faultOf('id-taken', subject, 'exists already.', { field: 'id', detail: id })] };
  }
  const others = items.filter((each) => each.id !== id);
  return { registry: { ...registry, [list]: [...others, item].sort((a, b) => (a.id < b.id ? -1 : 1)) } };
}

function remove(registry: Registry, list: ItemList, faults: RegistryFault[], id: string): Edited {
  if (faults.length > 0) return { faults };
  return { registry: { ...registry, [list]: (registry[list] as { id: string }[]).filter((item) => item.id !== id) } };
}

/** What stands in the way, as far as it fits into a sentence. */
function some(ids: readonly string[]): string {
  return ids.length > 3 ? `${ids.slice(0, 3).join(', ')} …` : ids.join(', ');
}

function groupInUse({ groups, servicePoints }: Registry, id: string, { uses }: RegistryFacts): RegistryFault[] {
  const inside = [
    ...groups.filter(({ parent }) => parent === id).map((group) => group.id),
    ...servicePoints.filter(({ group }) => group === id).map((point) => point.id),
  ];
  const group = { kind: 'group', id } as const;
  const named = placeUseFaults(group, uses(group));
  if (inside.length === 0) return named;
  const says = `holds ${some(inside)}: move or remove what is in it first.`;
  return [faultOf('group-in-use', group, says, { detail: some(inside) }), ...named];
}

function servicePointInUse(
  { assignments }: Registry,
  id: string,
  { hasHistory, uses }: RegistryFacts,
): RegistryFault[] {
  const point = { kind: 'service-point', id } as const;
  // What stays for good is said alone: nobody need take recipients away for nothing.
  if (!assignments.some(({ servicePoint }) => servicePoint === id) && !hasHistory(id)) {
    return placeUseFaults(point, uses(point));
  }
  const says = 'has numbers, notes or terminals that name it, so it stays: take its terminals away instead.';
  return [faultOf('service-point-in-use', point, says)];
}

function questionInUse({ assignments }: Registry, id: string): RegistryFault[] {
  const places = [...new Set(assignments.filter(({ question }) => question === id).map((stay) => stay.servicePoint))];
  if (places.length === 0) return [];
  const says = `is or was asked at ${some(places)}, so it stays: ask another one there instead.`;
  return [faultOf('question-in-use', { kind: 'question', id }, says, { detail: some(places) })];
}
