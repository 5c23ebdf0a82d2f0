import { applyBatch } from '../../ingest/apply-batch.js';
import { applyFaults } from '../../ingest/apply-faults.js';
import { applyStatus, isOlderStatus, missingPresses } from '../../ingest/apply-status.js';
import { isPossibleTime } from '../../ingest/press-time.js';
import { noPace, suspectPress } from '../../ingest/suspect-press.js';
import type { RegistryIndex } from '../../registry/registry-index.js';
import { statusTime } from '../status-time.js';
import type {
  Arrival,
  AvailabilityArrival,
  BatchArrival,
  LostRange,
  Outcome,
  StatusArrival,
  StoredPress,
} from '../store.js';
import { markStored } from './mark-stored.js';
import type { MemoryDecisions } from './memory-decisions.js';
import type { MemoryEpoch, MemoryState, MemoryTerminal } from './memory-state.js';
import { replayMarks, rollupOf } from './replay-marks.js';

/** Applies one arrival to the state. */
export function applyArrival(
  state: MemoryState,
  places: RegistryIndex,
  decisions: MemoryDecisions,
  arrival: Arrival,
): Outcome {
  switch (arrival.kind) {
    case 'presses':
      return applyPresses(state, places, decisions, arrival);
    case 'status':
      return applyStatusArrival(state, decisions, arrival);
    case 'availability':
      return applyAvailability(state, arrival);
  }
}

function terminalOf(state: MemoryState, id: string, receivedAt: number): MemoryTerminal {
  const held = state.terminals.get(id);
  if (held !== undefined) return held;
  const terminal: MemoryTerminal = {
    id,
    firstSeenAt: receivedAt,
    pace: noPace(),
    presence: { floorAt: 0, faulty: false },
    spans: [],
    faults: [],
    anchorAt: -Infinity,
  };
  state.terminals.set(id, terminal);
  return terminal;
}

function epochOf(state: MemoryState, terminal: string, epoch: string, receivedAt: number): MemoryEpoch {
  const held = state.epochs.get(epoch);
  if (held !== undefined) return held;
  const added = { epoch, owner: terminal, mark: 0, highestReported: 0, lastReported: 0, firstSeenAt: receivedAt };
  state.epochs.set(epoch, added);
  return added;
}

function seen(terminal: MemoryTerminal, receivedAt: number): void {
  terminal.lastSeenAt = Math.max(terminal.lastSeenAt ?? receivedAt, receivedAt);
}

function applyPresses(
  state: MemoryState,
  places: RegistryIndex,
  { markRepeats }: MemoryDecisions,
  { terminal: id, receivedAt, message }: BatchArrival,
): Outcome {
  const decision = applyBatch(state.epochs.get(message.epoch) ?? { mark: 0 }, id, message);
  const terminal = terminalOf(state, id, receivedAt);
  seen(terminal, receivedAt);
  if (decision.refused !== undefined) return { acks: [decision.ack], presses: [], lost: [] };
  const epoch = epochOf(state, id, message.epoch, receivedAt);
  const stored = store(state, places, terminal, { receivedAt, message }, decision.applyFrom);
  if (markRepeats !== undefined) markStored(state, places, id, stored, markRepeats);
  else if (stored.length > 0) replayMarks(state, places, id);
  const presses = stored.map((press) => ({ ...press }));
  const lost = decision.lost.map(
    (range): LostRange => ({ terminal: id, epoch: epoch.epoch, ...range, recordedAt: receivedAt }),
  );
  state.lost.push(...lost);
  epoch.mark = decision.mark;
  settleIncident(state, epoch, receivedAt);
  return { acks: [decision.ack], presses, lost: lost.map((range) => ({ ...range })) };
}

function store(
  state: MemoryState,
  places: RegistryIndex,
  terminal: MemoryTerminal,
  { receivedAt, message }: Pick<BatchArrival, 'receivedAt' | 'message'>,
  applyFrom: number,
): StoredPress[] {
  const stored: StoredPress[] = [];
  message.presses.slice(applyFrom).forEach((entry, index) => {
    if (entry === null) return;
    const possible = isPossibleTime(entry.at, receivedAt);
    const press: StoredPress = {
      terminal: terminal.id,
      epoch: message.epoch,
      seq: message.firstSeq + applyFrom + index,
      at: entry.at,
      countedAt: possible ? entry.at : receivedAt,
      rating: entry.rating,
      clock: possible ? entry.clock : 'estimated',
      ...(entry.clock === 'estimated' && { uncertaintyMs: entry.uncertaintyMs }),
      receivedAt,
      repeat: false,
      excluded: false,
    };
    const suspicion = suspectPress(terminal.pace, entry, receivedAt);
    if (suspicion !== undefined) press.suspect = suspicion;
    const { servicePoint, excluded } = places.placementAt(terminal.id, press.countedAt);
    if (servicePoint !== undefined) press.servicePoint = servicePoint;
    press.excluded = excluded;
    const late = press.countedAt < state.rawFrom;
    if (late) state.oldRollups.push(rollupOf(press));
    state.presses.push({ arrival: state.nextArrival++, late, press });
    terminal.lastPressAt = Math.max(terminal.lastPressAt ?? press.countedAt, press.countedAt);
    stored.push(press);
  });
  return stored;
}

function settleIncident(state: MemoryState, epoch: MemoryEpoch, at: number): void {
  const missing = missingPresses(epoch);
  const open = state.incidents.find((incident) => incident.epoch === epoch.epoch && incident.withdrawnAt === undefined);
  if (open !== undefined) {
    open.missing = missing;
    if (missing === 0) open.withdrawnAt = at;
  } else if (missing > 0) {
    const id = state.incidents.length + 1;
    state.incidents.push({
      id,
      kind: 'presses-missing',
      terminal: epoch.owner,
      epoch: epoch.epoch,
      missing,
      since: at,
    });
  }
}

function applyStatusArrival(state: MemoryState, { applyPresence }: MemoryDecisions, arrival: StatusArrival): Outcome {
  const { terminal: id, receivedAt, retained, message } = arrival;
  const terminal = terminalOf(state, id, receivedAt);
  const all = [...state.epochs.values()];
  const decision = applyStatus(
    {
      epochs: new Map(all.filter((epoch) => epoch.owner === id).map((epoch) => [epoch.epoch, epoch])),
      foreign: new Set(all.filter((epoch) => epoch.owner !== id).map((epoch) => epoch.epoch)),
      ...(terminal.status !== undefined && { newest: terminal.status }),
    },
    message,
    retained,
  );
  for (const [epochId, { highestReported, lastReported }] of decision.reports) {
    const epoch = Object.assign(epochOf(state, id, epochId, receivedAt), { highestReported, lastReported });
    settleIncident(state, epoch, receivedAt);
  }
  if (!decision.stale) {
    const change = applyPresence(terminal.presence, terminal.spans, message, receivedAt);
    terminal.presence = change.state;
    terminal.spans = terminal.spans.filter((span) => !change.replaced.includes(span));
    if (change.span !== undefined) terminal.spans.push(change.span);
    const { removed, added } = applyFaults(terminal.faults, message, receivedAt);
    terminal.faults = [...terminal.faults.filter((span) => !removed.includes(span)), ...added];
  }
  if (!isOlderStatus(terminal.status, message)) {
    const held = { newestStatus: terminal.status, statusAt: terminal.statusAt };
    terminal.statusAt = statusTime(held, message, receivedAt, retained);
    terminal.status = message;
  }
  if (!retained) seen(terminal, receivedAt);
  return { acks: decision.acks, presses: [], lost: [] };
}

function applyAvailability(
  state: MemoryState,
  { terminal: id, receivedAt, retained, availability }: AvailabilityArrival,
): Outcome {
  const terminal = terminalOf(state, id, receivedAt);
  if (!retained || terminal.availability !== availability) terminal.availabilityAt = receivedAt;
  terminal.availability = availability;
  if (!retained && availability === 'online') seen(terminal, receivedAt);
  return { acks: [], presses: [], lost: [] };
}
