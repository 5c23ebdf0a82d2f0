import { registryDifferences } from '../../administration/change-log.js';
import { checkStaffNote, type StaffNote, type StaffNoteText, unknownNote } from '../../administration/staff-note.js';
import type { Actor, Exclusion, ExclusionRequest } from '../../exclusions/exclusion.js';
import { checkExclusion, checkRevocation } from '../../exclusions/exclusion-faults.js';
import { checkPublicSetting, type PublicSetting } from '../../public/public-setting.js';
import { applyRegistryEdit } from '../../registry/apply-registry-edit.js';
import { mergeRegistry } from '../../registry/merge-registry.js';
import type { Registry } from '../../registry/registry.js';
import { placementChanges } from '../../registry/registry-changes.js';
import type { RegistryEdit } from '../../registry/registry-edit.js';
import type { ImportSummary, RegistryFile } from '../../registry/registry-file.js';
import { RegistryIndex } from '../../registry/registry-index.js';
import { registryContradiction, registryRefusal } from '../../registry/registry-refusal.js';
import type { ExclusionChange, RegistryChange } from '../administration-store.js';
import { logChanges } from './change-log-rows.js';
import type { Db } from './database.js';
import { deepFreeze } from './deep-freeze.js';
import { dropOrphans } from './drop-orphans.js';
import { addExclusion, readExclusion, readExclusions, saveRevocation } from './exclusion-rows.js';
import { placeUses } from './place-use-rows.js';
import { readPublicSettings, savePublicSetting } from './public-rows.js';
import { recount } from './recount.js';
import { hasHistory, readRegistry, writeRegistry } from './registry-rows.js';
import { deleteStaffNote, readStaffNote, saveStaffNote } from './staff-note-rows.js';
import { readServicePointKeys, type WriterContext } from './writer-context.js';

/** Merges a registry file; see `Store.importRegistry`. */
export function importRegistry(context: WriterContext, file: RegistryFile, by: Actor): ImportSummary {
  const { registry, faults, ...tally } = mergeRegistry(context.registry, file);
  if (faults.length > 0) throw registryContradiction(faults);
  return { ...tally, recounted: replaceRegistry(context, registry, by, { what: 'import' }) };
}

/** See `AdministrationStore.editRegistry`. */
export function editRegistry(context: WriterContext, edit: RegistryEdit, by: Actor): RegistryChange {
  const { db } = context;
  const result = applyRegistryEdit(context.registry, edit, {
    now: by.at,
    isSeen: (terminal) => isTerminal(db, terminal),
    hasHistory: (servicePoint) => hasHistory(db, servicePoint),
    uses: (place) => placeUses(db, place),
  });
  if (result.kind === 'refused') throw registryRefusal(result.faults);
  const why = 'why' in edit ? edit.why : undefined;
  return { recounted: replaceRegistry(context, result.registry, by, { what: edit.kind, why }) };
}

/** Puts another registry in force and logs what differs. Returns the terminals counted again. */
export function replaceRegistry(
  context: WriterContext,
  registry: Registry,
  by: Actor,
  change: { what: string; why?: string | undefined },
): string[] {
  logChanges(context.db, registryDifferences(context.registry, registry), by, change);
  writeRegistry(context.db, registry);
  context.registry = deepFreeze(readRegistry(context.db));
  dropOrphans(context.db, context.registry, by);
  context.servicePointKeys = readServicePointKeys(context.db, context.registry);
  return countAnew(context);
}

/** See `AdministrationStore.exclude`. */
export function exclude(context: WriterContext, request: ExclusionRequest, by: Actor): ExclusionChange {
  const { db, rawFrom } = context;
  checkExclusion(request, { targetKnown: isKnown(context, request), rawFrom });
  const made = { ...request, by: by.who, at: by.at };
  const exclusion: Exclusion = { id: addExclusion(db, made), ...made };
  return { exclusion, recounted: changeExclusion(context, exclusion, by, { what: 'exclude', why: request.note }) };
}

/** See `AdministrationStore.revokeExclusion`. */
export function revokeExclusion(
  context: WriterContext,
  id: number,
  { who, at }: Actor,
  why: string | undefined,
): ExclusionChange {
  const held = readExclusion(context.db, id);
  checkRevocation(id, held, context);
  const exclusion: Exclusion = { ...held, revoked: { by: who, at, ...(why !== undefined && { why }) } };
  saveRevocation(context.db, exclusion);
  const change = { what: 'revoke-exclusion', why };
  return { exclusion, recounted: changeExclusion(context, exclusion, { who, at }, change, held) };
}

function changeExclusion(
  context: WriterContext,
  exclusion: Exclusion,
  by: Actor,
  change: { what: string; why?: string | undefined },
  before?: Exclusion,
): string[] {
  const subject = { kind: 'exclusion', id: String(exclusion.id) } as const;
  logChanges(context.db, [{ subject, before, after: exclusion }], by, change);
  context.exclusions = readExclusions(context.db, { inForce: true });
  return countAnew(context);
}

/** Counts again what the registry and the exclusions of the context change against what was in force. */
function countAnew(context: WriterContext): string[] {
  const before = context.places;
  context.places = new RegistryIndex(context.registry, context.exclusions);
  const changes = placementChanges(before, context.places);
  recount(context, before, changes);
  context.deltas.flush();
  context.cache.forget();
  return [...changes.keys()].sort();
}

function isKnown({ db, registry }: WriterContext, { target }: ExclusionRequest): boolean {
  if (target.kind === 'service-point') return registry.servicePoints.some(({ id }) => id === target.id);
  return isTerminal(db, target.id);
}

function isTerminal(db: Db, id: string): boolean {
  return db.prepare<[string], object>('SELECT 1 FROM terminals WHERE id = ?').get(id) !== undefined;
}

/** See `AdministrationStore.putStaffNote`. */
export function putStaffNote(
  { db, registry }: WriterContext,
  note: StaffNoteText,
  { who, at }: Actor,
  id: number | undefined,
): StaffNote {
  const before = id === undefined ? undefined : readStaffNote(db, id);
  if (id !== undefined && before === undefined) throw unknownNote(id);
  checkStaffNote(
    note,
    registry.servicePoints.some((point) => point.id === note.servicePoint),
  );
  const made = { ...note, by: who, at };
  const after: StaffNote = { ...made, id: saveStaffNote(db, id === undefined ? made : { ...made, id }) };
  const subject = { kind: 'staff-note', id: String(after.id) } as const;
  logChanges(db, [{ subject, before, after }], { who, at }, { what: 'put-staff-note' });
  return after;
}

/** See `AdministrationStore.removeStaffNote`. */
export function removeStaffNote({ db }: WriterContext, id: number, by: Actor): void {
  const before = readStaffNote(db, id);
  if (before === undefined) throw unknownNote(id);
  deleteStaffNote(db, id);
  logChanges(db, [{ subject: { kind: 'staff-note', id: String(id) }, before }], by, { what: 'remove-staff-note' });
}

/** See `PublicStore.putPublicSetting`. */
export function putPublicSetting({ db, registry }: WriterContext, setting: PublicSetting, by: Actor): void {
  const id = setting.servicePoint;
  checkPublicSetting(
    setting,
    registry.servicePoints.some((point) => point.id === id),
  );
  const before = readPublicSettings(db).find(({ servicePoint }) => servicePoint === id);
  savePublicSetting(db, setting);
  logChanges(db, [{ subject: { kind: 'public-view', id }, before, after: setting }], by, { what: 'put-public-view' });
}
