import type { Actor } from '../exclusions/exclusion.js';
import type { ScopeSettings, SettingsEdit } from '../terminal-settings/scope-settings.js';

/** What a store keeps of what is desired of terminals, and of what was asked of them. */
export interface SettingsStore {
  /** By scope. */
  list(): Promise<ScopeSettings[]>;
  /**
   * Takes the place of what was desired at that scope; nothing desired: it is as above. Leaves a line in the log of
   * changes. Errors: those of `checkedSettings`.
   */
  save(edit: SettingsEdit, by: Actor): Promise<void>;
  /** Leaves a line about a terminal in the log of changes: a command, or what became of it. */
  note(terminal: string, what: 'command' | 'command-answer', after: unknown, by: Actor): Promise<void>;
}
