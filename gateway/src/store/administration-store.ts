import type { ChangeLogEntry, ChangeLogQuery } from '../administration/change-log.js';
import type { StaffNote, StaffNoteKind, StaffNoteText } from '../administration/staff-note.js';
import type { Actor, Exclusion, ExclusionRequest, ExclusionTarget } from '../exclusions/exclusion.js';
import type { RegistryEdit } from '../registry/registry-edit.js';

/** What came of an edit: the terminals whose presses were counted again. */
export interface RegistryChange {
  recounted: string[];
}

/** An exclusion that was made or taken back, and the terminals whose presses were counted again. */
export interface ExclusionChange {
  exclusion: Exclusion;
  recounted: string[];
}

export interface ExclusionQuery {
  /** Only those that touch [from, to), UTC ms. */
  from?: number;
  to?: number;
  target?: ExclusionTarget;
  /** Only those that hold. */
  inForce?: boolean;
}

/** What an exclusion would leave out. */
export interface PressTally {
  /** Presses in the span that are not excluded yet; `counted` of them are no repeats. */
  presses: number;
  counted: number;
  /** Those excluded already. */
  excluded: number;
}

export interface StaffNoteQuery {
  servicePoint?: string;
  kind?: StaffNoteKind;
}

/**
 * What administrators do to a store besides the registry file. Each write is one transaction with the recount that it
 * asks for, and a line in the log of changes. Times are UTC ms.
 */
export interface AdministrationStore {
  /**
   * Changes the registry and counts again what that changes. Error: RegistryRefusal `registry-refused`, or
   * `changed-meanwhile` where the version of the edit is not that of the item any more; both name every fault.
   */
  editRegistry(edit: RegistryEdit, by: Actor): Promise<RegistryChange>;
  /**
   * Leaves presses out of every number, stored ones and those that arrive later. Errors: HymioError `exclusion-empty`,
   * `exclusion-unknown-target`, and `exclusion-pruned` where single presses of the span have been deleted.
   */
  exclude(request: ExclusionRequest, by: Actor): Promise<ExclusionChange>;
  /**
   * Brings presses back; those that another exclusion covers stay out. Errors: HymioError `unknown-exclusion`,
   * `exclusion-revoked`, `exclusion-pruned`.
   */
  revokeExclusion(id: number, by: Actor, why?: string): Promise<ExclusionChange>;
  /** Newest first. */
  exclusions(query?: ExclusionQuery): Promise<Exclusion[]>;
  /** Counts stored presses with from <= counted at < to. */
  tallyPresses(target: ExclusionTarget, from: number, to: number): Promise<PressTally>;
  /** Adds a note, or changes the one of that id. Errors: HymioError `unknown-note` and those of `checkStaffNote`. */
  putStaffNote(note: StaffNoteText, by: Actor, id?: number): Promise<StaffNote>;
  /** Error: HymioError `unknown-note`. */
  removeStaffNote(id: number, by: Actor): Promise<void>;
  /** By `from`, newest first. */
  staffNotes(query?: StaffNoteQuery): Promise<StaffNote[]>;
  /** Newest first, or with `after` oldest first. Entries are numbered from 1 without a gap, and chained by `chainHash`. */
  registryLog(query: ChangeLogQuery): Promise<ChangeLogEntry[]>;
}
