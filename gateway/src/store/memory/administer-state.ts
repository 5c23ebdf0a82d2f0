import { chainHash, headOf, type UnchainedEntry } from '../../administration/audit-chain.js';
import {
  type Change,
  type ChangeLogEntry,
  type ChangeLogQuery,
  registryDifferences,
} from '../../administration/change-log.js';
import { checkStaffNote, type StaffNote, type StaffNoteText, unknownNote } from '../../administration/staff-note.js';
import { scopeKey } from '../../alerts/scope-key.js';
import {
  type Actor,
  type Exclusion,
  type ExclusionRequest,
  type ExclusionTarget,
  isInForce,
} from '../../exclusions/exclusion.js';
import { checkExclusion, checkRevocation } from '../../exclusions/exclusion-faults.js';
import { placeOfPublicSetting } from '../../public/public-setting.js';
import { applyRegistryEdit } from '../../registry/apply-registry-edit.js';
import { orphansOf } from '../../registry/orphans.js';
import type { NamedPlace, PlaceUses } from '../../registry/place-uses.js';
import type { Registry } from '../../registry/registry.js';
import type { RegistryEdit } from '../../registry/registry-edit.js';
import { registryRefusal } from '../../registry/registry-refusal.js';
import { settingsScopeKey } from '../../terminal-settings/settings-scope.js';
import type { ExclusionQuery, PressTally, StaffNoteQuery } from '../administration-store.js';
import { publicSettingRemoved } from '../public-setting-removed.js';
import { settingsChange } from '../settings-change.js';
import type { MemoryState } from './memory-state.js';
import { rollupRows } from './read-state.js';

export function editRegistry(state: MemoryState, edit: RegistryEdit, by: Actor): void {
  const result = applyRegistryEdit(state.registry, structuredClone(edit), {
    now: by.at,
    isSeen: (terminal) => state.terminals.has(terminal),
    hasHistory: (servicePoint) => hasHistory(state, servicePoint),
    uses: (place) => placeUses(state, place),
  });
  if (result.kind === 'refused') throw registryRefusal(result.faults);
  replaceRegistry(state, result.registry, by, { what: edit.kind, why: 'why' in edit ? edit.why : undefined });
}

/** Users and MQTT accounts are not kept in memory. */
function placeUses({ tokens, reports }: MemoryState, { kind, id }: NamedPlace): PlaceUses {
  const held = tokens.filter(({ token }) => token.revokedAt === undefined && kind === 'group' && token.group === id);
  const named = reports.recipients.filter(({ subjects }) =>
    subjects.some((subject) => scopeKey(subject) === scopeKey({ kind, id })),
  );
  return { users: 0, programs: held.length, recipients: named.length };
}

function hasHistory(state: MemoryState, servicePoint: string): boolean {
  return (
    rollupRows(state).some((row) => row.servicePoint === servicePoint) ||
    state.exclusions.some(({ target }) => target.kind === 'service-point' && target.id === servicePoint) ||
    state.staffNotes.some((note) => note.servicePoint === servicePoint)
  );
}

/** Puts a registry in the place of the one before and logs what differs. */
export function replaceRegistry(
  state: MemoryState,
  registry: Registry,
  by: Actor,
  change: { what: string; why?: string | undefined },
): void {
  logChanges(state, registryDifferences(state.registry, registry), by, change);
  state.registry = structuredClone(registry);
  dropOrphans(state, by);
}

/** What was set at a place goes with the place; alerts are not kept in memory. */
function dropOrphans(state: MemoryState, by: Actor): void {
  const { settings, publicSettings, registry } = state;
  const gone = {
    settings: orphansOf(settings, ({ scope }) => scope, registry),
    views: orphansOf(publicSettings, placeOfPublicSetting, registry),
  };
  state.settings = settings.filter((one) => !gone.settings.includes(one));
  state.publicSettings = publicSettings.filter((one) => !gone.views.includes(one));
  const lines = [
    ...gone.settings.map((one) => settingsChange(settingsScopeKey(one.scope), one.settings, {})),
    ...gone.views.map((one) => publicSettingRemoved(one)),
  ];
  for (const { change, what } of lines) logChanges(state, [change], by, { what });
}

export function addExclusion(state: MemoryState, request: ExclusionRequest, by: Actor): Exclusion {
  const { kind, id } = request.target;
  const targetKnown =
    kind === 'terminal'
      ? state.terminals.has(id) || state.registry.terminals.some((terminal) => terminal.id === id)
      : state.registry.servicePoints.some((point) => point.id === id);
  checkExclusion(request, { targetKnown, rawFrom: state.rawFrom });
  const exclusion: Exclusion = {
    id: state.exclusions.length + 1,
    ...structuredClone(request),
    by: by.who,
    at: by.at,
  };
  state.exclusions.push(exclusion);
  const subject = { kind: 'exclusion', id: String(exclusion.id) } as const;
  logChanges(state, [{ subject, after: exclusion }], by, { what: 'exclude', why: request.note });
  return exclusion;
}

export function revokeExclusion(state: MemoryState, id: number, by: Actor, why: string | undefined): Exclusion {
  const before = state.exclusions.find((exclusion) => exclusion.id === id);
  checkRevocation(id, before, state);
  const after: Exclusion = { ...before, revoked: { by: by.who, at: by.at, ...(why !== undefined && { why }) } };
  state.exclusions = state.exclusions.map((exclusion) => (exclusion.id === id ? after : exclusion));
  const subject = { kind: 'exclusion', id: String(id) } as const;
  logChanges(state, [{ subject, before, after }], by, { what: 'revoke-exclusion', why });
  return after;
}

export function listExclusions({ exclusions }: MemoryState, query: ExclusionQuery = {}): Exclusion[] {
  const { from = -Infinity, to = Infinity, target, inForce = false } = query;
  const found = exclusions
    .filter((exclusion) => exclusion.from < to && exclusion.to > from && (!inForce || isInForce(exclusion)))
    .filter((exclusion) => target === undefined || sameTarget(exclusion.target, target));
  return structuredClone(found).reverse();
}

function sameTarget(a: ExclusionTarget, b: ExclusionTarget): boolean {
  return a.kind === b.kind && a.id === b.id;
}

export function tallyPresses(state: MemoryState, target: ExclusionTarget, from: number, to: number): PressTally {
  const presses = state.presses
    .map(({ press }) => press)
    .filter(({ countedAt }) => countedAt >= from && countedAt < to)
    .filter(({ terminal, servicePoint }) => target.id === (target.kind === 'terminal' ? terminal : servicePoint));
  const left = presses.filter(({ excluded }) => !excluded);
  const counted = left.filter(({ repeat }) => !repeat).length;
  return { presses: left.length, counted, excluded: presses.length - left.length };
}

export function putStaffNote(state: MemoryState, note: StaffNoteText, by: Actor, id: number | undefined): StaffNote {
  const before = state.staffNotes.find((each) => each.id === id);
  if (id !== undefined && before === undefined) throw unknownNote(id);
  checkStaffNote(
    note,
    state.registry.servicePoints.some((point) => point.id === note.servicePoint),
  );
  const newest = Math.max(0, ...state.staffNotes.map((each) => each.id));
  const after: StaffNote = { ...structuredClone(note), by: by.who, at: by.at, id: id ?? newest + 1 };
  state.staffNotes = [...state.staffNotes.filter((each) => each.id !== id), after];
  const subject = { kind: 'staff-note', id: String(after.id) } as const;
  logChanges(state, [{ subject, before, after }], by, { what: 'put-staff-note' });
  return structuredClone(after);
}

export function removeStaffNote(state: MemoryState, id: number, by: Actor): void {
  const before = state.staffNotes.find((each) => each.id === id);
  if (before === undefined) throw unknownNote(id);
  state.staffNotes = state.staffNotes.filter((each) => each.id !== id);
  const subject = { kind: 'staff-note', id: String(id) } as const;
  logChanges(state, [{ subject, before }], by, { what: 'remove-staff-note' });
}

export function listStaffNotes({ staffNotes }: MemoryState, { servicePoint, kind }: StaffNoteQuery = {}): StaffNote[] {
  const found = staffNotes
    .filter((note) => servicePoint === undefined || note.servicePoint === servicePoint)
    .filter((note) => kind === undefined || note.kind === kind);
  return structuredClone(found.sort((a, b) => b.from - a.from || b.id - a.id));
}

export function listChanges(
  { log }: MemoryState,
  { before = Infinity, after, limit, subject }: ChangeLogQuery,
): ChangeLogEntry[] {
  const found = log
    .filter(({ id }) => id < before && id > (after ?? 0))
    .filter((each) => subject === undefined || (each.subject.kind === subject.kind && each.subject.id === subject.id));
  return structuredClone(after === undefined ? found.reverse() : found).slice(0, limit);
}

/** Adds a line for each change to the log. */
export function logChanges(
  state: MemoryState,
  changes: readonly Change[],
  { who, at }: Actor,
  { what, why }: { what: string; why?: string | undefined },
): void {
  for (const { subject, before, after } of changes) {
    const entry: UnchainedEntry = {
      id: state.log.length + 1,
      at,
      who,
      what,
      subject,
      ...(why !== undefined && { why }),
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    };
    state.log.push(structuredClone({ ...entry, hash: chainHash(headOf(state.log.at(-1)).hash, entry) }));
  }
}
