import type { Actor, ExclusionRequest } from '../exclusions/exclusion.js';
import type { GatewayLink } from '../link/gateway-link.js';
import type { LiveEvents } from '../live/live-events.js';
import type { PublicSetting } from '../public/public-setting.js';
import type { RegistryEdit } from '../registry/registry-edit.js';
import type { ImportSummary, RegistryFile } from '../registry/registry-file.js';
import type { ExclusionChange, RegistryChange } from '../store/administration-store.js';
import type { Store } from '../store/store.js';
import type { SettingsEdit } from '../terminal-settings/scope-settings.js';
import type { StaffNote, StaffNoteText } from './staff-note.js';

export interface AdministrationParts {
  store: Pick<
    Store,
    | 'registry'
    | 'importRegistry'
    | 'editRegistry'
    | 'exclude'
    | 'revokeExclusion'
    | 'putStaffNote'
    | 'removeStaffNote'
    | 'putPublicSetting'
    | 'settings'
  >;
  live: LiveEvents;
  link: Pick<GatewayLink, 'forget'>;
}

/**
 * What administrators do while the gateway runs: written to the store, then told to everyone who looks. What the broker
 * keeps of a terminal out of use is cleared; its history in the store stays, and what it sends again is still stored.
 */
export class Administration {
  readonly #parts: AdministrationParts;
  #retired: ReadonlySet<string> = new Set();

  constructor(parts: AdministrationParts) {
    this.#parts = parts;
  }

  /** Learns which terminals are out of use. */
  async start(): Promise<void> {
    this.#retired = await this.#readRetired();
  }

  /**
   * Something came from a terminal. A broker elsewhere hands over what it keeps at every connect: of a terminal out of
   * use that is cleared then, should it not have been possible when it went out of use.
   */
  heard(terminal: string, retained: boolean): void {
    if (retained && this.#retired.has(terminal)) this.#parts.link.forget(terminal);
  }

  /** See `Store.importRegistry`. */
  async importRegistry(file: RegistryFile, by?: Actor): Promise<ImportSummary> {
    const summary = await this.#parts.store.importRegistry(file, by);
    await this.#registryChanged();
    return summary;
  }

  /** See `AdministrationStore.editRegistry`. */
  async editRegistry(edit: RegistryEdit, by: Actor): Promise<RegistryChange> {
    const change = await this.#parts.store.editRegistry(edit, by);
    await this.#registryChanged();
    return change;
  }

  /** See `AdministrationStore.exclude`. */
  async exclude(request: ExclusionRequest, by: Actor): Promise<ExclusionChange> {
    return this.#told(await this.#parts.store.exclude(request, by));
  }

  /** See `AdministrationStore.revokeExclusion`. */
  async revokeExclusion(id: number, by: Actor, why?: string): Promise<ExclusionChange> {
    return this.#told(await this.#parts.store.revokeExclusion(id, by, why));
  }

  /** See `AdministrationStore.putStaffNote`. */
  async putStaffNote(note: StaffNoteText, by: Actor, id?: number): Promise<StaffNote> {
    return this.#told(await this.#parts.store.putStaffNote(note, by, id));
  }

  /** See `AdministrationStore.removeStaffNote`. */
  async removeStaffNote(id: number, by: Actor): Promise<void> {
    await this.#parts.store.removeStaffNote(id, by);
    this.#parts.live.publish({ kind: 'registry' });
  }

  /** See `PublicStore.putPublicSetting`. */
  async putPublicSetting(setting: PublicSetting, by: Actor): Promise<void> {
    await this.#parts.store.putPublicSetting(setting, by);
    this.#parts.live.publish({ kind: 'registry' });
  }

  /** See `SettingsStore.save`. */
  async saveSettings(edit: SettingsEdit, by: Actor): Promise<void> {
    await this.#parts.store.settings.save(edit, by);
    this.#parts.live.publish({ kind: 'registry' });
  }

  async #registryChanged(): Promise<void> {
    const before = this.#retired;
    // Told first: the write is done, whatever becomes of reading it back.
    this.#parts.live.publish({ kind: 'registry' });
    this.#retired = await this.#readRetired();
    for (const terminal of this.#retired) if (!before.has(terminal)) this.#parts.link.forget(terminal);
  }

  async #readRetired(): Promise<ReadonlySet<string>> {
    const { terminals } = await this.#parts.store.registry();
    return new Set(terminals.filter(({ retiredAt }) => retiredAt !== undefined).map(({ id }) => id));
  }

  #told<T>(result: T): T {
    this.#parts.live.publish({ kind: 'registry' });
    return result;
  }
}
