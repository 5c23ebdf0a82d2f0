import type { Availability, StatusMessage } from '@hymio/protocol';
import type { ChangeLogEntry } from '../../administration/change-log.js';
import type { StaffNote } from '../../administration/staff-note.js';
import type { Exclusion } from '../../exclusions/exclusion.js';
import type { FaultStretch } from '../../ingest/apply-faults.js';
import type { PresenceState, WorkedSpan } from '../../ingest/apply-presence.js';
import type { EpochReport } from '../../ingest/apply-status.js';
import type { PressPace } from '../../ingest/suspect-press.js';
import type { PublicBlock } from '../../public/public-block.js';
import type { PublicSetting } from '../../public/public-setting.js';
import type { Registry } from '../../registry/registry.js';
import type { ReportRecipient } from '../../reporting/report-recipient.js';
import type { IssuedReport, ReportMail } from '../../reporting/report-store.js';
import type { ScopeSettings } from '../../terminal-settings/scope-settings.js';
import type { ApiToken } from '../../tokens/api-token.js';
import type { RollupRow } from '../rollup-cells.js';
import type { Incident, LostRange, StoredPress } from '../store.js';

export interface MemoryEpoch extends EpochReport {
  epoch: string;
  owner: string;
  firstSeenAt: number;
}

export interface MemoryTerminal {
  id: string;
  firstSeenAt: number;
  lastSeenAt?: number;
  lastPressAt?: number;
  pace: PressPace;
  availability?: Availability;
  availabilityAt?: number;
  status?: StatusMessage;
  statusAt?: number;
  presence: PresenceState;
  spans: WorkedSpan[];
  faults: FaultStretch[];
  /** The last press counted among those pruned. */
  anchorAt: number;
}

export interface MemoryPress {
  arrival: number;
  /** Counted before `rawFrom` already when it came: neither marked nor counted again. */
  late: boolean;
  press: StoredPress;
}

export interface MemoryReports {
  recipients: ReportRecipient[];
  nextRecipient: number;
  weeks: Set<string>;
  issued: { report: IssuedReport; document: Uint8Array }[];
  mails: ReportMail[];
}

/** Everything that a store holds, as plain data. */
export interface MemoryState {
  registry: Registry;
  exclusions: Exclusion[];
  staffNotes: StaffNote[];
  publicSettings: PublicSetting[];
  publicBlocks: PublicBlock[];
  reports: MemoryReports;
  log: ChangeLogEntry[];
  /** With the hashes of their secrets. */
  tokens: { token: ApiToken; hash: string }[];
  /** By scope. */
  settings: ScopeSettings[];
  terminals: Map<string, MemoryTerminal>;
  epochs: Map<string, MemoryEpoch>;
  /** In order of arrival. */
  presses: MemoryPress[];
  lost: LostRange[];
  incidents: Incident[];
  /** Rollups that no longer follow from the raw presses. */
  oldRollups: RollupRow[];
  rawFrom: number;
  nextArrival: number;
  /** Set in a backup. */
  copiedAt?: number;
}

export function emptyMemoryState(): MemoryState {
  return {
    registry: { groups: [], servicePoints: [], questions: [], terminals: [], assignments: [] },
    exclusions: [],
    staffNotes: [],
    publicSettings: [],
    publicBlocks: [],
    reports: { recipients: [], nextRecipient: 1, weeks: new Set(), issued: [], mails: [] },
    log: [],
    tokens: [],
    settings: [],
    terminals: new Map(),
    epochs: new Map(),
    presses: [],
    lost: [],
    incidents: [],
    oldRollups: [],
    rawFrom: 0,
    nextArrival: 1,
  };
}
