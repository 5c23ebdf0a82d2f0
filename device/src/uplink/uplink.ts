import {
  type AckMessage,
  ackMessageSchema,
  type Cancel,
  type Clock,
  decode,
  explainError,
  HymioError,
  type PressEntry,
  type PressesMessage,
  type Random,
} from '@hymio/protocol';
import { resolveTime } from '../clock/resolve-time.js';
import type { Journal } from '../journal/journal.js';
import type { Log } from '../log/log.js';
import type { FaultList } from '../status/fault-list.js';
import type { Transport } from '../transport/transport.js';
import { INITIAL_UPLINK, stepUplink, type UplinkEffect, type UplinkEvent, type UplinkState } from './uplink-machine.js';

/** Pause after the journal failed. */
const RETRY_MS = 5_000;

export interface UplinkParts {
  clock: Clock;
  random: Random;
  journal: Journal;
  transport: Transport;
  faults: FaultList;
  log: Log;
  /** May presses of this epoch go yet? */
  ready: (epoch: string) => boolean;
  /** No press is older than this, UTC ms. */
  builtAt: number;
  /** Decides; default: `stepUplink`. */
  step?: typeof stepUplink;
}

/** Carries out what the uplink machine decides: reads the journal, publishes, keeps the timer. */
export class Uplink {
  readonly #parts: UplinkParts;
  #state: UplinkState = INITIAL_UPLINK;
  #cancel: Cancel | undefined;
  /** Epochs that the gateway refused as a whole and has not acknowledged since. */
  readonly #refused = new Set<string>();

  constructor(parts: UplinkParts) {
    this.#parts = parts;
  }

  connected(): void {
    this.#step({ type: 'connected' });
  }

  disconnected(): void {
    this.#step({ type: 'disconnected' });
  }

  /** A press was kept, or the clock was synchronised. */
  changed(): void {
    this.#step({ type: 'changed' });
  }

  /** The gateway said something that is not an ack. */
  heard(): void {
    this.#step({ type: 'heard' });
  }

  receiveAck(payload: Uint8Array): void {
    const decoded = decode<AckMessage>(ackMessageSchema, payload);
    if (decoded.ok) {
      this.#step({ type: 'ack', ack: decoded.message });
      return;
    }
    this.#parts.log.warn('ack not understood', { reason: decoded.reason });
    this.#step({ type: 'heard' });
  }

  #step(event: UplinkEvent): void {
    const { journal, ready, random, step = stepUplink } = this.#parts;
    const { state, effects } = step(this.#state, event, { spans: journal.spans(), ready, random });
    this.#state = state;
    try {
      for (const effect of effects) this.#perform(effect);
    } catch (error) {
      this.#retryLater(error);
    }
  }

  /** The journal could not be read or written: nothing was sent that is not on disk, and it is tried again. */
  #retryLater(error: unknown): void {
    if (!(error instanceof HymioError)) throw error;
    this.#parts.log.error('journal failed under the uplink', { code: error.code, error: explainError(error) });
    this.#parts.faults.raise(error.code, explainError(error));
    // From the journal anew, once it works: an ack may have been noted already that the batch would wait for.
    if (this.#state.phase.kind !== 'offline') this.#state = { ...this.#state, phase: { kind: 'idle' } };
    this.#cancel?.();
    this.#cancel = this.#parts.clock.after(RETRY_MS, () => this.#step({ type: 'changed' }));
  }

  #perform(effect: UplinkEffect): void {
    const { journal, faults, log } = this.#parts;
    switch (effect.type) {
      case 'send':
        this.#send(effect);
        return;
      case 'acknowledge':
        journal.acknowledge(effect.epoch, effect.upTo);
        if (this.#refused.delete(effect.epoch) && this.#refused.size === 0) faults.clear('epoch-refused');
        return;
      case 'set-aside':
        journal.setAside(effect.epoch, effect.seq, effect.reason);
        log.error('press refused by the gateway and set aside', { ...effect });
        faults.raise('press-set-aside', `${journal.setAsideCount()} refused by the gateway; last: ${effect.reason}`);
        return;
      case 'block':
        this.#refused.add(effect.epoch);
        log.error('epoch refused by the gateway; its presses stay here', { ...effect });
        faults.raise('epoch-refused', `${effect.epoch}: ${effect.reason}`);
        return;
      case 'arm':
        this.#cancel?.();
        this.#cancel = this.#parts.clock.after(effect.delayMs, () => this.#step({ type: 'timeout' }));
        return;
      case 'disarm':
        this.#cancel?.();
        this.#cancel = undefined;
    }
  }

  #send({ epoch, firstSeq, count, oldestSeq }: Extract<UplinkEffect, { type: 'send' }>): void {
    const { journal, builtAt, transport } = this.#parts;
    const facts = journal.facts();
    const presses: PressEntry[] = journal
      .read(epoch, firstSeq, count)
      .map((press) => (press === null ? null : resolveTime(press, epoch, facts, builtAt)));
    const message: PressesMessage = { epoch, firstSeq, oldestSeq, presses };
    transport.publish({ kind: 'presses', payload: JSON.stringify(message) });
  }
}
