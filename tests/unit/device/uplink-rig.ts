import {
  emptyDisk,
  INITIAL_UPLINK,
  MemoryJournal,
  stepUplink,
  type UplinkEffect,
  type UplinkEvent,
  type UplinkState,
} from '@hymio/device';
import type { AckMessage, EpochSpan } from '@hymio/protocol';

export type Send = Extract<UplinkEffect, { type: 'send' }>;

/** The uplink machine with a journal below it and its effects carried out, one event at a time. */
export class UplinkRig {
  readonly journal: MemoryJournal;
  readonly sent: Send[] = [];
  readonly delaysMs: number[] = [];
  readonly blocked: string[] = [];
  state: UplinkState = INITIAL_UPLINK;
  armed = false;
  ready = true;
  readonly #random: () => number;

  constructor(epochs: readonly { epoch: string; presses: number }[], random: () => number = () => 0) {
    this.#random = random;
    const disk = emptyDisk();
    for (const { epoch, presses } of epochs) keep(new MemoryJournal(disk, opening(epoch)), presses);
    this.journal = new MemoryJournal(disk, opening('current'));
  }

  get spans(): EpochSpan[] {
    return this.journal.spans();
  }

  get lastSent(): Send {
    const send = this.sent.at(-1);
    if (send === undefined) throw new Error('nothing was sent');
    return send;
  }

  /** Effects of the step, carried out. A timeout disarms the timer that brought it. */
  step(event: UplinkEvent): UplinkEffect[] {
    if (event.type === 'timeout') this.armed = false;
    const view = { spans: this.spans, ready: () => this.ready, random: this.#random };
    const { state, effects } = stepUplink(this.state, event, view);
    this.state = state;
    for (const effect of effects) this.#perform(effect);
    return effects;
  }

  ack(ack: AckMessage): UplinkEffect[] {
    return this.step({ type: 'ack', ack });
  }

  press(count = 1): void {
    keep(this.journal, count);
    this.step({ type: 'changed' });
  }

  #perform(effect: UplinkEffect): void {
    switch (effect.type) {
      case 'send':
        this.sent.push(effect);
        return;
      case 'acknowledge':
        this.journal.acknowledge(effect.epoch, effect.upTo);
        return;
      case 'set-aside':
        this.journal.setAside(effect.epoch, effect.seq, effect.reason);
        return;
      case 'block':
        this.blocked.push(effect.epoch);
        return;
      case 'arm':
        this.armed = true;
        this.delaysMs.push(effect.delayMs);
        return;
      case 'disarm':
        this.armed = false;
    }
  }
}

function opening(epoch: string): { epoch: string; bootId: string; bootMs: number } {
  return { epoch, bootId: 'boot', bootMs: 0 };
}

function keep(journal: MemoryJournal, count: number): void {
  for (let i = 0; i < count; i += 1) journal.keep({ rating: 3, at: i, bootMs: i, synced: true });
}
