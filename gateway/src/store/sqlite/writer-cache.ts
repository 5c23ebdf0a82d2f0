import type { Availability } from '@hymio/protocol';
import type { Db } from './database.js';
import { EPOCH_NUMBERS, EpochEntry, type EpochFields } from './epoch-entry.js';
import { newer } from './newer.js';
import { NumberRows } from './number-rows.js';
import { TERMINAL_NUMBERS, TerminalEntry } from './terminal-entry.js';

/** Above so many epochs in memory all is forgotten and read again. */
const MOST_EPOCHS = 100_000;

const EPOCH = `SELECT e.key, e.id, t.id AS owner, e.mark, e.highest_reported AS highestReported,
  e.last_reported AS lastReported, e.last_received_at AS lastReceivedAt, e.last_press_at AS lastPressAt,
  e.pace_at AS paceAt, e.pace_until AS paceUntil, i.id AS incidentId, i.missing
  FROM epochs e JOIN terminals t ON t.key = e.terminal LEFT JOIN incidents i ON i.epoch = e.key AND i.withdrawn_at IS NULL`;

interface EpochRow extends EpochFields {
  incidentId: number | null;
  missing: number | null;
}
interface TerminalRow {
  key: number;
  id: string;
  firstSeenAt: number | null;
  lastSeenAt: number | null;
  lastPressAt: number | null;
  currentEpoch: string | null;
  availability: Availability | null;
  availabilityAt: number | null;
  lostPresses: number;
  floorAt: number;
  faulty: number;
  anchorAt: number | null;
  statusEpoch: string | null;
  uptimeMs: number | null;
  statusAt: number | null;
}

/** Terminals and epochs in memory, with what changed since the last commit. Forgotten whole when a commit fails. */
export class WriterCache {
  private readonly terminals = new Map<string, TerminalEntry>();
  private readonly epochs = new Map<string, EpochEntry>();
  private readonly terminalRows = new NumberRows(TERMINAL_NUMBERS);
  private readonly epochRows = new NumberRows(EPOCH_NUMBERS);
  private readonly changedTerminals = new Set<TerminalEntry>();
  private readonly changedEpochs = new Set<EpochEntry>();
  private readonly sameId: (terminal: string) => string;
  private readonly statements;

  /** `sameId`: the id of a terminal as the string that others hold already. */
  constructor(db: Db, sameId: (terminal: string) => string) {
    this.sameId = sameId;
    this.statements = {
      epoch: db.prepare<[string], EpochRow>(`${EPOCH} WHERE e.id = ?`),
      behind: db.prepare<[number], { id: string }>(
        'SELECT id FROM epochs WHERE terminal = ? AND highest_reported > mark',
      ),
      terminal: db.prepare<[string], TerminalRow>(
        `SELECT t.key, t.id, t.first_seen_at AS firstSeenAt, t.last_seen_at AS lastSeenAt, t.last_press_at AS lastPressAt,
         e.id AS currentEpoch, t.availability, t.availability_at AS availabilityAt, t.lost_presses AS lostPresses,
         t.presence_floor AS floorAt, t.presence_faulty AS faulty, t.anchor_at AS anchorAt,
         s.message ->> 'epoch' AS statusEpoch, s.message ->> 'uptimeMs' AS uptimeMs, s.received_at AS statusAt
         FROM terminals t LEFT JOIN epochs e ON e.key = t.current_epoch LEFT JOIN statuses s ON s.terminal = t.key
         WHERE t.id = ?`,
      ),
      addTerminal: db.prepare('INSERT INTO terminals (id, first_seen_at) VALUES (?, ?)'),
      addEpoch: db.prepare(
        `INSERT INTO epochs (id, terminal, mark, highest_reported, last_reported, first_seen_at) VALUES (?, ?, 0, 0, 0, ?)`,
      ),
      saveEpoch: db.prepare(
        `UPDATE epochs SET mark = ?, highest_reported = ?, last_reported = ?, last_received_at = ?, last_press_at = ?,
         pace_at = ?, pace_until = ? WHERE key = ?`,
      ),
      saveTerminal: db.prepare(
        `UPDATE terminals SET first_seen_at = ?, last_seen_at = ?, last_press_at = ?, current_epoch = ?, availability = ?,
         availability_at = ?, lost_presses = ?, presence_floor = ?, presence_faulty = ? WHERE key = ?`,
      ),
    };
  }

  /** A terminal that something came from; unknown ones begin here. */
  terminal(id: string, receivedAt: number): TerminalEntry {
    const held = this.terminals.get(id);
    if (held !== undefined) return held;
    let row = this.statements.terminal.get(id);
    if (row === undefined) {
      this.statements.addTerminal.run(id, receivedAt);
      row = this.statements.terminal.get(id);
    }
    if (row === undefined) throw new Error(`terminal ${id} vanished within a transaction`);
    const entry = this.toTerminal(row, receivedAt);
    this.terminals.set(entry.id, entry);
    if (row.firstSeenAt === null) this.changedTerminals.add(entry);
    return entry;
  }

  epoch(id: string): EpochEntry | undefined {
    const held = this.epochs.get(id);
    if (held !== undefined) return held;
    const row = this.statements.epoch.get(id);
    if (row === undefined) return undefined;
    const { incidentId, missing } = row;
    const incident = incidentId === null ? undefined : { id: incidentId, missing: missing ?? 0 };
    row.owner = this.sameId(row.owner);
    const entry = new EpochEntry(this.epochRows, row, incident);
    this.epochs.set(id, entry);
    return entry;
  }

  addEpoch(terminal: TerminalEntry, id: string, receivedAt: number): EpochEntry {
    const key = Number(this.statements.addEpoch.run(id, terminal.key, receivedAt).lastInsertRowid);
    const marks = { mark: 0, highestReported: 0, lastReported: 0, lastReceivedAt: null, lastPressAt: null };
    const fields = { key, id, owner: terminal.id, ...marks, paceAt: null, paceUntil: null };
    const entry = new EpochEntry(this.epochRows, fields);
    this.epochs.set(id, entry);
    return entry;
  }

  /** Presses of this epoch came: it becomes the terminal's current one. */
  receive(terminal: TerminalEntry, epoch: EpochEntry, receivedAt: number): void {
    if (terminal.currentEpoch !== epoch) {
      const left = terminal.currentEpoch;
      terminal.lastSeenAt = newer(terminal.lastSeenAt, left?.lastReceivedAt ?? null);
      terminal.lastPressAt = newer(terminal.lastPressAt, left?.lastPressAt ?? null);
      terminal.currentEpoch = epoch;
      this.changedTerminals.add(terminal);
    }
    epoch.lastReceivedAt = newer(epoch.lastReceivedAt, receivedAt);
    this.changedEpochs.add(epoch);
  }

  changedTerminal(terminal: TerminalEntry): void {
    this.changedTerminals.add(terminal);
  }

  changedEpoch(epoch: EpochEntry): void {
    this.changedEpochs.add(epoch);
  }

  /** Writes what changed; call inside the transaction. */
  flush(): void {
    for (const epoch of this.changedEpochs) {
      const { mark, highestReported, lastReported, lastReceivedAt, lastPressAt, paceAt, paceUntil, key } = epoch;
      // One by one: to spread a list into the call costs more than what it writes.
      this.statements.saveEpoch.run(
        mark,
        highestReported,
        lastReported,
        lastReceivedAt,
        lastPressAt,
        paceAt === -Infinity ? null : paceAt,
        paceAt === -Infinity ? null : paceUntil,
        key,
      );
    }
    for (const terminal of this.changedTerminals) this.saveTerminal(terminal);
    this.changedEpochs.clear();
    this.changedTerminals.clear();
    if (this.epochs.size > MOST_EPOCHS) this.forget();
  }

  /** After a failed commit, or a change behind its back: everything is read again. */
  forget(): void {
    this.terminals.clear();
    this.epochs.clear();
    this.changedEpochs.clear();
    this.changedTerminals.clear();
  }

  private saveTerminal(terminal: TerminalEntry): void {
    const { firstSeenAt, lastSeenAt, lastPressAt, availability, availabilityAt, lostPresses, presence, key } = terminal;
    this.statements.saveTerminal.run(
      firstSeenAt,
      lastSeenAt,
      lastPressAt,
      terminal.currentEpoch?.key ?? null,
      availability,
      availabilityAt,
      lostPresses,
      presence.floorAt,
      presence.faulty ? 1 : 0,
      key,
    );
  }

  private toTerminal(row: TerminalRow, receivedAt: number): TerminalEntry {
    const { key, firstSeenAt, lastSeenAt, lastPressAt, availability, availabilityAt, lostPresses } = row;
    const entry = new TerminalEntry(
      this.terminalRows,
      {
        key,
        id: this.sameId(row.id),
        firstSeenAt: firstSeenAt ?? receivedAt,
        lastSeenAt,
        lastPressAt,
        availability,
        availabilityAt,
        lostPresses,
        presence: { floorAt: row.floorAt, faulty: row.faulty === 1 },
        newestStatus:
          row.statusEpoch === null || row.uptimeMs === null
            ? undefined
            : { epoch: row.statusEpoch, uptimeMs: row.uptimeMs },
        statusAt: row.statusAt ?? undefined,
        anchorAt: row.anchorAt ?? -Infinity,
      },
      row.currentEpoch === null ? undefined : this.epoch(row.currentEpoch),
    );
    for (const behind of this.statements.behind.all(key)) {
      const epoch = this.epoch(behind.id);
      if (epoch !== undefined) entry.setBehind(epoch, true);
    }
    return entry;
  }
}
