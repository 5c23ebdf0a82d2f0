import type { Administration } from '../../administration/administration.js';
import { unknownNote } from '../../administration/staff-note.js';
import type { Registry } from '../../registry/registry.js';
import type { RegistryEdit } from '../../registry/registry-edit.js';
import type { Store } from '../../store/store.js';
import { notForPart } from './not-for-part.js';
import { requireSeen, seesExclusion } from './sees-exclusion.js';
import { type Sight, type SightNow, seesScope } from './sight.js';

/** What pages and addresses change. */
export type ServedAdministration = Pick<
  Administration,
  | 'editRegistry'
  | 'exclude'
  | 'revokeExclusion'
  | 'putStaffNote'
  | 'removeStaffNote'
  | 'putPublicSetting'
  | 'saveSettings'
>;

/**
 * The same for who may see a part: nothing is changed, brought in or sent out that they may not see. Error: HymioError
 * `role-too-small`, and those of `requireSeen`.
 */
export function limitedAdministration(
  administration: ServedAdministration,
  {
    store,
    sightNow,
    now,
  }: { store: Pick<Store, 'registry' | 'exclusions' | 'staffNotes'>; sightNow: SightNow; now: () => number },
): ServedAdministration {
  const requireSight = async (allows: (sight: Sight) => boolean | Promise<boolean>) => {
    const sight = await sightNow();
    if (!(await allows(sight))) throw notForPart();
  };
  return {
    async editRegistry(edit, by) {
      await requireSight(async (sight) => allowsEdit(edit, { sight, full: await store.registry(), now: now() }));
      return administration.editRegistry(edit, by);
    },
    async exclude(request, by) {
      requireSeen(await sightNow(), request);
      return administration.exclude(request, by);
    },
    async revokeExclusion(id, by, why) {
      await requireSight(async (sight) =>
        (await store.exclusions()).some((one) => one.id === id && seesExclusion(sight, one)),
      );
      return administration.revokeExclusion(id, by, why);
    },
    async putStaffNote(note, by, id) {
      await requireSight((sight) => sight.servicePoint(note.servicePoint));
      if (id !== undefined) await requireNote(id);
      return administration.putStaffNote(note, by, id);
    },
    async removeStaffNote(id, by) {
      await requireNote(id);
      return administration.removeStaffNote(id, by);
    },
    async putPublicSetting(setting, by) {
      await requireSight((sight) => sight.servicePoint(setting.servicePoint));
      return administration.putPublicSetting(setting, by);
    },
    async saveSettings(edit, by) {
      await requireSight((sight) => edit.scope.kind !== 'organisation' && seesScope(sight, edit.scope, now()));
      return administration.saveSettings(edit, by);
    },
  };

  async function requireNote(id: number): Promise<void> {
    const sight = await sightNow();
    const note = (await store.staffNotes()).find((one) => one.id === id);
    if (!sight.servicePoint(note?.servicePoint)) throw unknownNote(id);
  }
}

/** Is all that an edit names, before and after, within sight? `full`: the registry as it is. */
function allowsEdit(edit: RegistryEdit, { sight, full, now }: { sight: Sight; full: Registry; now: number }): boolean {
  switch (edit.kind) {
    case 'put-group': {
      const { id, parent } = edit.group;
      // A group at the top of what is seen hangs below one that is not: it is not theirs to move.
      const isNew = !full.groups.some((one) => one.id === id);
      return sight.group(parent) && (isNew || (sight.group(id) && !isTop(sight, id)));
    }
    case 'remove-group':
      return sight.group(edit.id) && !isTop(sight, edit.id);
    case 'put-service-point': {
      const { id, group } = edit.servicePoint;
      const isNew = !full.servicePoints.some((one) => one.id === id);
      return sight.group(group) && (isNew || sight.servicePoint(id));
    }
    case 'remove-service-point':
      return sight.servicePoint(edit.id);
    case 'put-question':
    case 'remove-question':
      return false;
    case 'ask-question':
      return sight.servicePoint(edit.servicePoint);
    case 'move-terminal':
      return (
        sight.terminal(edit.terminal, now) && (edit.servicePoint === undefined || sight.servicePoint(edit.servicePoint))
      );
    case 'put-terminal':
    case 'replace-device':
    case 'retire-terminal':
    case 'restore-terminal':
      return sight.terminal(edit.terminal, now);
  }
}

function isTop({ tops }: Sight, id: string): boolean {
  return tops.some((top) => top.id === id);
}
