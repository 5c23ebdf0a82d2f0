import type { Actor } from '../../exclusions/exclusion.js';
import {
  checkedSettings,
  type ScopeSettings,
  type SettingsEdit,
  settingsAt,
} from '../../terminal-settings/scope-settings.js';
import { settingsScopeKey } from '../../terminal-settings/settings-scope.js';
import { settingsChange } from '../settings-change.js';
import type { SettingsStore } from '../settings-store.js';
import { logChanges } from './administer-state.js';
import type { MemoryState } from './memory-state.js';

/** Desired settings of a `MemoryStore`. `requireOpen` throws where nothing can be written any more. */
export class MemorySettingsStore implements SettingsStore {
  private readonly state: MemoryState;
  private readonly requireOpen: () => void;

  constructor(state: MemoryState, requireOpen: () => void) {
    this.state = state;
    this.requireOpen = requireOpen;
  }

  async list(): Promise<ScopeSettings[]> {
    return structuredClone(this.state.settings);
  }

  async save(edit: SettingsEdit, by: Actor): Promise<void> {
    this.requireOpen();
    const before = this.state.settings;
    const settings = checkedSettings(edit, before, this.state.registry);
    const key = settingsScopeKey(edit.scope);
    const others = before.filter((one) => settingsScopeKey(one.scope) !== key);
    const said = Object.keys(settings).length > 0 ? [{ scope: structuredClone(edit.scope), settings }] : [];
    this.state.settings = [...others, ...said].sort((a, b) =>
      settingsScopeKey(a.scope) < settingsScopeKey(b.scope) ? -1 : 1,
    );
    const { change, what } = settingsChange(key, settingsAt(before, edit.scope), settings);
    logChanges(this.state, [change], by, { what });
  }

  async note(terminal: string, what: string, after: unknown, by: Actor): Promise<void> {
    this.requireOpen();
    logChanges(this.state, [{ subject: { kind: 'terminal', id: terminal }, after }], by, { what });
  }
}
