import {
  type Cancel,
  explainError,
  type Hardware,
  HymioError,
  type Random,
  type Rating,
  type StatusMessage,
} from '@hymio/protocol';
import type { DeviceClock } from './clock/device-clock.js';
import { resolveTime } from './clock/resolve-time.js';
import { SyncWatch } from './clock/sync-watch.js';
import { CommandDesk } from './commands/command-desk.js';
import { type DiagnosticFacts, makeDiagnostics, NO_FACTS } from './commands/make-diagnostics.js';
import { RemoteConfig, type SettingsShelf } from './config/remote-config.js';
import type { Journal } from './journal/journal.js';
import type { JournalNotice } from './journal/open-journal.js';
import type { Log } from './log/log.js';
import type { Panel, PanelHost, PressFacts, PressOutcome } from './panel/panel.js';
import { FaultList } from './status/fault-list.js';
import type { FaultBoard } from './status/faults-file.js';
import { GatewayContact } from './status/gateway-contact.js';
import { Heartbeat } from './status/heartbeat.js';
import type { Transport } from './transport/transport.js';
import { Uplink } from './uplink/uplink.js';
import type { stepUplink } from './uplink/uplink-machine.js';

/** Interval of the status where the gateway desires none, ms. */
export const HEARTBEAT_MS = 60_000;

export interface TerminalParts {
  clock: DeviceClock;
  random: Random;
  panel: Panel;
  transport: Transport;
  settings: SettingsShelf;
  /** Shows the faults on the terminal itself; left out where nobody looks there. */
  faultBoard?: FaultBoard;
  log: Log;
  hardware: () => Hardware;
  /** Opens the journal; called once by `start`. */
  openJournal: (onNotice: (notice: JournalNotice) => void) => Journal;
  firmware: string;
  /** No press is older than this, UTC ms. */
  builtAt: number;
  heartbeatMs?: number;
  /** Ends the firmware so that it is started again; left out where nobody would. */
  restart?: (() => void) | undefined;
  /** For whoever looks from afar for what is wrong. */
  diagnostics?: DiagnosticFacts;
  /** Decides what the uplink does; default: `stepUplink`. */
  stepUplink?: typeof stepUplink;
}

interface Running {
  journal: Journal;
  syncWatch: SyncWatch;
  uplink: Uplink;
  heartbeat: Heartbeat;
  commands: CommandDesk;
}
type TerminalState = { kind: 'stopped' } | ({ kind: 'running' } & Running);

/** The firmware: panel → journal → uplink → gateway. Taking presses never waits for the network. */
export class Terminal {
  readonly #parts: TerminalParts;
  readonly #faults: FaultList;
  readonly #config: RemoteConfig;
  readonly #contact: GatewayContact;
  #state: TerminalState = { kind: 'stopped' };
  #lastPressAt: number | undefined;
  /** Under way: the rest of the firmware hears of the presses kept. */
  #told: Cancel | undefined;

  constructor(parts: TerminalParts) {
    this.#parts = parts;
    this.#contact = new GatewayContact(parts.clock);
    const changed = (): void => this.#faultsChanged();
    this.#faults = new FaultList(() => Math.round(parts.clock.now()), changed);
    this.#config = new RemoteConfig(parts.settings, this.#faults, parts.log, {
      cannot: (settings) => parts.panel.cannot?.(settings),
      apply: (settings) => parts.panel.apply?.(settings),
      changed: () => this.#running()?.heartbeat.changed(),
    });
  }

  /** Opens the journal and takes presses at once; the connection comes when it comes. Errors as `openJournal`. */
  start(): void {
    const { panel, log } = this.#parts;
    const journal = this.#parts.openJournal((notice) => {
      log.error(notice.code, { detail: notice.detail });
      this.#faults.raise(notice.code, notice.detail);
    });
    this.#state = { kind: 'running', ...this.#assemble(journal) };
    this.#faultsChanged();
    this.#config.start();
    panel.start((rating, facts) => this.#press(rating, facts ?? {}), this.#panelHost(journal));
    log.info('ready for presses', { epoch: journal.epoch });
    this.#recallLastPress(journal);
    this.#recallSilence(this.#state.heartbeat);
    if (journal.setAsideCount() > 0) {
      this.#faults.raise('press-set-aside', `${journal.setAsideCount()} refused by the gateway earlier`);
    }
    this.#state.syncWatch.start();
    this.#connect(this.#state);
  }

  /** Takes no more presses, says `offline`, closes the journal. */
  async stop(): Promise<void> {
    const state = this.#state;
    if (state.kind === 'stopped') return;
    this.#state = { kind: 'stopped' };
    state.heartbeat.disconnected();
    state.uplink.disconnected();
    const panelStopped = (async () => this.#parts.panel.stop())();
    try {
      state.syncWatch.stop();
      const stops = await Promise.allSettled([panelStopped, this.#parts.transport.stop()]);
      for (const stop of stops) if (stop.status === 'rejected') throw stop.reason;
    } finally {
      // Before the folder is another's.
      this.#parts.faultBoard?.clear();
      state.journal.close();
    }
  }

  /** What `status` would say now; undefined while stopped. */
  status(): StatusMessage | undefined {
    return this.#running()?.heartbeat.status();
  }

  #assemble(journal: Journal): Running {
    const { clock, random, transport, log, hardware, firmware, builtAt, stepUplink: step } = this.#parts;
    const faults = this.#faults;
    const onSync = (): void => {
      this.#running()?.uplink.changed();
      this.#running()?.heartbeat.changed();
    };
    const syncWatch = new SyncWatch(clock, journal, onSync, (error) => {
      faults.raise(error instanceof HymioError ? error.code : 'internal', explainError(error));
    });
    const uplink = new Uplink({
      clock,
      random,
      journal,
      transport,
      faults,
      log,
      builtAt,
      ready: (epoch) => syncWatch.ready(epoch),
      ...(step === undefined ? {} : { step }),
    });
    const heartbeat = new Heartbeat({
      clock,
      journal,
      transport,
      faults,
      hardware,
      firmware,
      builtAt,
      clockState: () => (clock.synced() ? 'synced' : 'unsynced'),
      config: () => this.#configStatus(),
      lastPressAt: () => this.#lastPressAt,
      intervalMs: () => this.#config.applied?.heartbeatIntervalMs ?? this.#parts.heartbeatMs ?? HEARTBEAT_MS,
    });
    const commands = this.#commandDesk(heartbeat);
    return { journal, syncWatch, uplink, heartbeat, commands };
  }

  #commandDesk(heartbeat: Heartbeat): CommandDesk {
    const { clock, log, panel, transport, restart, diagnostics: facts = NO_FACTS } = this.#parts;
    const diagnostics = () => makeDiagnostics(heartbeat.status(), this.#config.applied, facts);
    return new CommandDesk({ clock, log, panel, transport, restart, diagnostics });
  }

  #configStatus(): Pick<StatusMessage, 'configVersion' | 'configRefused'> {
    const { applied, refused } = this.#config;
    return {
      ...(applied !== undefined && { configVersion: applied.version }),
      ...(refused !== undefined && { configRefused: refused }),
    };
  }

  #panelHost(journal: Journal): PanelHost {
    return {
      knows: (numbered) => journal.knows(numbered),
      fault: (code, detail) => this.#setFault(code, detail),
      gatewaySilentMs: () =>
        this.#contact.silentMs(journal.spans().some(({ ackedSeq, lastSeq }) => ackedSeq < lastSeq)),
    };
  }

  #faultsChanged(): void {
    const running = this.#running();
    if (running === undefined) return;
    running.heartbeat.changed();
    this.#parts.faultBoard?.show(this.#faults.list());
  }

  #setFault(code: string, detail: string | undefined): void {
    if (detail === undefined) this.#faults.clear(code);
    else this.#faults.raise(code, detail);
  }

  #press(rating: Rating, facts: PressFacts): PressOutcome {
    const state = this.#running();
    if (state === undefined) return { kept: false, rating, code: 'not-running' };
    const { clock, log } = this.#parts;
    const nowBootMs = clock.monotonic();
    const bootMs = Math.min(nowBootMs, facts.bootMs ?? nowBootMs);
    const at = clock.now() - (nowBootMs - bootMs);
    try {
      const synced = clock.synced();
      const seq = state.journal.keep({ rating, at, synced, ...facts, bootMs });
      const { epoch } = state.journal;
      this.#lastPressAt = Math.max(at, this.#lastPressAt ?? at);
      // The thank-you is given first, by whoever called; the network comes after it.
      this.#told ??= clock.after(0, () => this.#afterKeep());
      return { kept: true, epoch, seq, rating };
    } catch (error) {
      const code = error instanceof HymioError ? error.code : 'internal';
      log.error('press not kept', { code, error: explainError(error) });
      this.#faults.raise(code, explainError(error));
      return { kept: false, rating, code };
    }
  }

  #afterKeep(): void {
    this.#told = undefined;
    for (const code of ['journal-full', 'journal-unwritable', 'internal']) this.#faults.clear(code);
    this.#running()?.uplink.changed();
  }

  #connect(state: Running): void {
    this.#parts.transport.start({
      connected: () => {
        this.#contact.connection('up');
        state.syncWatch.setConnected(true);
        state.heartbeat.connected();
        state.uplink.connected();
      },
      disconnected: () => {
        this.#contact.connection('down');
        state.heartbeat.disconnected();
        state.uplink.disconnected();
        state.syncWatch.setConnected(false);
      },
      message: (kind, payload) => {
        this.#contact.heard();
        if (kind === 'ack') {
          state.heartbeat.answered();
          state.uplink.receiveAck(payload);
          return;
        }
        state.uplink.heard();
        if (kind === 'command') state.commands.receive(payload);
        else this.#config.receive(payload);
      },
      fault: (code, detail) => this.#setFault(code, detail),
    });
  }

  /** A restart does not make a terminal look unused. */
  #recallLastPress(journal: Journal): void {
    try {
      const span = journal.spans().at(-1);
      const [press] = span ? journal.read(span.epoch, span.lastSeq, 1) : [];
      if (!span || !press) return;
      const { at } = resolveTime(press, span.epoch, journal.facts(), this.#parts.builtAt);
      this.#lastPressAt ??= Math.round(at);
    } catch (error) {
      if (!(error instanceof HymioError)) throw error;
      this.#faults.raise(error.code, explainError(error));
    }
  }

  /** Sockets may be switched off at night: a start does not make the gateway look heard of. */
  #recallSilence(heartbeat: Heartbeat): void {
    const { clock } = this.#parts;
    try {
      const { oldestPendingAt } = heartbeat.status();
      if (oldestPendingAt !== undefined) this.#contact.waited(clock.now() - oldestPendingAt);
    } catch (error) {
      if (!(error instanceof HymioError)) throw error;
      this.#faults.raise(error.code, explainError(error));
    }
  }

  #running(): Running | undefined {
    return this.#state.kind === 'running' ? this.#state : undefined;
  }
}
