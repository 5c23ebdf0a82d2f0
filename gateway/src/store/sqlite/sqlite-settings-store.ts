import type { Actor } from '../../exclusions/exclusion.js';
import type { ScopeSettings, SettingsEdit } from '../../terminal-settings/scope-settings.js';
import type { SettingsStore } from '../settings-store.js';
import type { ReadSide } from './read-side.js';
import type { SettingsWriter } from './settings-writer.js';

/** How it reaches the file. */
export interface SettingsAccess {
  write<T>(work: (writer: SettingsWriter) => T): T;
  reads: Pick<ReadSide, 'call'>;
}

/** Desired settings in the file of a `SqliteStore`. */
export class SqliteSettingsStore implements SettingsStore {
  private readonly access: SettingsAccess;

  constructor(access: SettingsAccess) {
    this.access = access;
  }

  list(): Promise<ScopeSettings[]> {
    return this.access.reads.call('settings');
  }

  async save(edit: SettingsEdit, by: Actor): Promise<void> {
    this.access.write((writer) => writer.save(edit, by));
  }

  async note(terminal: string, what: string, after: unknown, by: Actor): Promise<void> {
    this.access.write((writer) => writer.note(terminal, what, after, by));
  }
}
