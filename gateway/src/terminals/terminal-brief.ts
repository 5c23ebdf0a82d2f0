import type { Availability, ClockState, Fault } from '@hymio/protocol';
import type { Assignment } from '../registry/registry.js';
import type { TerminalRecord } from '../store/store.js';
import { LOW_DISK_BYTES } from './terminal-state.js';

/** What lists and states need of a status; all of it is read where one terminal is shown. Shared: not to be changed. */
export interface StatusBrief {
  sentAt: number;
  firmware: string;
  pending: number;
  oldestPendingAt?: number | undefined;
  clock: ClockState;
  uptimeMs: number;
  heartbeatIntervalMs?: number | undefined;
  faults: Fault[];
  configVersion?: string | undefined;
  /** In a brief `freeDiskBytes` is there only where little is left. */
  hardware: { freeDiskBytes?: number | undefined };
}

/** What lists and states need of a terminal: ten thousand are held in memory. A `TerminalRecord` is one too. */
export interface TerminalBrief {
  id: string;
  name?: string | undefined;
  registered: boolean;
  retiredAt?: number | undefined;
  replacedAt?: number | undefined;
  assignment?: Assignment | undefined;
  firstSeenAt?: number | undefined;
  lastSeenAt?: number | undefined;
  availability?: Availability | undefined;
  availabilityAt?: number | undefined;
  status?: StatusBrief | undefined;
  statusAt?: number | undefined;
  pendingPresses?: number | undefined;
  lastPressAt?: number | undefined;
  seenBlockedAt?: number | undefined;
  lostPresses: number;
  missingPresses: number;
}

/** Nearly all terminals have none, and share it. */
const NO_FAULTS: Fault[] = [];
const NO_HARDWARE: StatusBrief['hardware'] = Object.freeze({});

/** Every field is there, so that all are built alike: objects that are not cost as much again. */
export function terminalBrief(record: TerminalRecord | TerminalBrief): TerminalBrief {
  return {
    id: record.id,
    name: record.name,
    registered: record.registered,
    retiredAt: record.retiredAt,
    replacedAt: record.replacedAt,
    assignment: record.assignment,
    firstSeenAt: record.firstSeenAt,
    lastSeenAt: record.lastSeenAt,
    availability: record.availability,
    availabilityAt: record.availabilityAt,
    status: record.status && statusBrief(record.status),
    statusAt: record.statusAt,
    pendingPresses: record.pendingPresses,
    lastPressAt: record.lastPressAt,
    seenBlockedAt: record.seenBlockedAt,
    lostPresses: record.lostPresses,
    missingPresses: record.missingPresses,
  };
}

export function statusBrief(status: StatusBrief): StatusBrief {
  const { freeDiskBytes } = status.hardware;
  const isLow = freeDiskBytes !== undefined && freeDiskBytes < LOW_DISK_BYTES;
  return {
    sentAt: status.sentAt,
    firmware: status.firmware,
    pending: status.pending,
    oldestPendingAt: status.oldestPendingAt,
    clock: status.clock,
    uptimeMs: status.uptimeMs,
    heartbeatIntervalMs: status.heartbeatIntervalMs,
    faults: status.faults.length === 0 ? NO_FAULTS : status.faults,
    configVersion: status.configVersion,
    hardware: isLow ? { freeDiskBytes } : NO_HARDWARE,
  };
}
