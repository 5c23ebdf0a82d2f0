import type { StatusMessage } from '@hymio/protocol';
import { applyFaults, type FaultStretch, faultsJoinFrom } from '../../ingest/apply-faults.js';
import { applyPresence, joinsFrom, type WorkedSpan } from '../../ingest/apply-presence.js';
import { applyStatus, type EpochReport, isOlderStatus } from '../../ingest/apply-status.js';
import { statusTime } from '../status-time.js';
import type { AvailabilityArrival, Outcome, StatusArrival } from '../store.js';
import { settleIncident } from './incident-rows.js';
import { newer } from './newer.js';
import type { TerminalEntry } from './terminal-entry.js';
import type { WriterContext } from './writer-context.js';

/** Applies statuses and availability inside the transaction of the group commit. */
export class StatusWriter {
  private readonly context: WriterContext;
  private readonly saveStatus;
  private readonly spansFrom;
  private readonly removeSpan;
  private readonly addSpan;
  private readonly faultsFrom;
  private readonly removeFault;
  private readonly addFault;

  constructor(context: WriterContext) {
    const { db } = context;
    this.context = context;
    this.saveStatus = db.prepare(
      `INSERT INTO statuses VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET message = excluded.message, received_at = excluded.received_at`,
    );
    // Spans of a terminal do not overlap, so those that end late are the last that began.
    this.spansFrom = db.prepare<[number], { from: number; to: number }>(
      `SELECT from_at AS "from", to_at AS "to" FROM presence WHERE terminal = ? ORDER BY from_at DESC`,
    );
    this.removeSpan = db.prepare('DELETE FROM presence WHERE terminal = ? AND from_at = ?');
    this.addSpan = db.prepare(
      'INSERT INTO presence VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET to_at = max(to_at, excluded.to_at)',
    );
    this.faultsFrom = db.prepare<[number, number], Omit<FaultStretch, 'open'> & { open: number }>(
      `SELECT code, from_at AS "from", to_at AS "to", open FROM fault_spans WHERE terminal = ? AND (open OR to_at >= ?)
       ORDER BY from_at, code`,
    );
    this.removeFault = db.prepare('DELETE FROM fault_spans WHERE terminal = ? AND from_at = ? AND code = ?');
    this.addFault = db.prepare('INSERT INTO fault_spans VALUES (?, ?, ?, ?, ?)');
  }

  apply({ terminal: id, receivedAt, retained, message }: StatusArrival): Outcome {
    const { cache } = this.context;
    const terminal = cache.terminal(id, receivedAt);
    const { acks, stale, reports } = this.decide(terminal, message, retained);
    for (const [epochId, report] of reports) {
      const epoch = cache.epoch(epochId) ?? cache.addEpoch(terminal, epochId, receivedAt);
      epoch.highestReported = report.highestReported;
      epoch.lastReported = report.lastReported;
      cache.changedEpoch(epoch);
      settleIncident(this.context, terminal, epoch, receivedAt);
    }
    if (!stale) {
      this.extendPresence(terminal, message, receivedAt);
      this.extendFaults(terminal, message, receivedAt);
    }
    this.keep(terminal, message, receivedAt, retained);
    if (!retained) {
      terminal.lastSeenAt = newer(terminal.lastSeenAt, receivedAt);
      cache.changedTerminal(terminal);
    }
    return { acks, presses: [], lost: [] };
  }

  applyAvailability({ terminal: id, receivedAt, retained, availability }: AvailabilityArrival): Outcome {
    const { cache } = this.context;
    const terminal = cache.terminal(id, receivedAt);
    if (!retained || terminal.availability !== availability) terminal.availabilityAt = receivedAt;
    terminal.availability = availability;
    // `offline` may be the broker speaking for a terminal that is gone.
    if (!retained && availability === 'online') terminal.lastSeenAt = newer(terminal.lastSeenAt, receivedAt);
    cache.changedTerminal(terminal);
    return { acks: [], presses: [], lost: [] };
  }

  private decide(terminal: TerminalEntry, message: StatusMessage, retained: boolean) {
    const epochs = new Map<string, EpochReport>();
    const foreign = new Set<string>();
    // In the order in which they began, whichever was behind first: incidents are numbered so.
    for (const epoch of [...terminal.behind].sort((a, b) => a.key - b.key)) epochs.set(epoch.id, epoch);
    for (const { epoch: id } of message.epochs) {
      const epoch = this.context.cache.epoch(id);
      if (epoch === undefined) continue;
      if (epoch.owner === terminal.id) epochs.set(id, epoch);
      else foreign.add(id);
    }
    const newest = terminal.newestStatus;
    return applyStatus({ epochs, foreign, ...(newest !== undefined && { newest }) }, message, retained);
  }

  private keep(terminal: TerminalEntry, message: StatusMessage, receivedAt: number, retained: boolean): void {
    if (isOlderStatus(terminal.newestStatus, message)) return;
    const statusAt = statusTime(terminal, message, receivedAt, retained);
    this.saveStatus.run(terminal.key, JSON.stringify(message), statusAt);
    terminal.newestStatus = { epoch: message.epoch, uptimeMs: message.uptimeMs };
    terminal.statusAt = statusAt;
  }

  private extendPresence(terminal: TerminalEntry, message: StatusMessage, receivedAt: number): void {
    const since = joinsFrom(terminal.presence, message, receivedAt);
    const spans: WorkedSpan[] = [];
    for (const span of this.spansFrom.iterate(terminal.key)) {
      if (span.to < since) break;
      spans.push(span);
    }
    const change = applyPresence(terminal.presence, spans, message, receivedAt);
    terminal.presence = change.state;
    this.context.cache.changedTerminal(terminal);
    for (const { from } of change.replaced) this.removeSpan.run(terminal.key, from);
    if (change.span !== undefined) this.addSpan.run(terminal.key, change.span.from, change.span.to);
  }

  private extendFaults(terminal: TerminalEntry, message: StatusMessage, receivedAt: number): void {
    const rows = this.faultsFrom.all(terminal.key, faultsJoinFrom(message, receivedAt));
    if (rows.length === 0 && message.faults.length === 0) return;
    const spans = rows.map((row): FaultStretch => ({ ...row, open: row.open === 1 }));
    const { removed, added } = applyFaults(spans, message, receivedAt);
    for (const { from, code } of removed) this.removeFault.run(terminal.key, from, code);
    for (const { from, code, to, open } of added) this.addFault.run(terminal.key, from, code, to, open ? 1 : 0);
  }
}
