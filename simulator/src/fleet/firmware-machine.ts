import { randomUUID } from 'node:crypto';
import {
  FIRMWARE_VERSION,
  type Log,
  MqttTransport,
  ResilientJournal,
  SettingsFile,
  Terminal,
  type Transport,
  VirtualPanel,
} from '@hymio/device';
import type { Hardware, Random, Rating, StatusMessage } from '@hymio/protocol';
import { NetworkClock } from '../time/network-clock.js';
import { type Boot, SimulatedClock } from '../time/simulated-clock.js';
import type { TrueTime } from '../time/true-time.js';
import { type Disturbance, DisturbedTransport } from './disturbed-transport.js';
import { LinkSwitch } from './link-switch.js';
import type { Push } from './terminal-host.js';

export interface MachineParts {
  terminal: string;
  /** Data folder of the firmware. */
  folder: string;
  /** mqtt://host:port */
  brokerUrl: string;
  world: TrueTime;
  random: Random;
  log: Log;
  /** No press can be older, UTC ms. */
  builtAt: number;
  /** Pauses on the network are so many times shorter than on a real terminal. */
  networkFactor: number;
  disturbance: Disturbance;
  hardware?: () => Hardware;
  /** Interval of the status where the gateway desires none, ms; the firmware's own where it is left out. */
  heartbeatMs?: number;
  /** Another way to the gateway than MQTT. */
  openTransport?: () => Transport;
}

interface PoweredMachine {
  kind: 'on';
  clock: SimulatedClock;
  network: NetworkClock;
  panel: VirtualPanel;
  link: LinkSwitch;
  journal: ResilientJournal | undefined;
  terminal: Terminal;
}
type MachineState = { kind: 'off' } | PoweredMachine;

/** A terminal's machine in this process: the real firmware with journal and network, virtual buttons and time. */
export class FirmwareMachine {
  readonly #parts: MachineParts;
  #state: MachineState = { kind: 'off' };
  #plugged = false;

  constructor(parts: MachineParts) {
    this.#parts = parts;
  }

  /** Switches on and starts the firmware. Errors: those of the journal. */
  boot(boot: Boot): void {
    if (this.#state.kind === 'on') throw new Error(`${this.#parts.terminal} runs already`);
    const machine = this.#assemble(boot);
    this.#state = machine;
    try {
      machine.terminal.start();
    } catch (error) {
      this.#cut(machine);
      throw error;
    }
    if (this.#plugged) machine.link.up();
  }

  /** Pushes a button now; time stands still meanwhile. */
  press(rating: Rating): Push {
    const { world } = this.#parts;
    return world.hold(() => {
      const trueAt = world.now();
      if (this.#state.kind === 'off')
        return { outcome: { kept: false, rating, code: 'not-running' }, rating, trueAt, wallAt: trueAt };
      const wallAt = this.#state.clock.now();
      return { outcome: this.#state.panel.press(rating), rating, trueAt, wallAt };
    });
  }

  link(up: boolean): void {
    this.#plugged = up;
    if (this.#state.kind === 'off') return;
    if (up) this.#state.link.up();
    else void this.#state.link.down();
  }

  status(): StatusMessage | undefined {
    return this.#state.kind === 'on' ? this.#state.terminal.status() : undefined;
  }

  /** Stops the firmware in good order. */
  async stop(): Promise<void> {
    const machine = this.#state;
    if (machine.kind === 'off') return;
    this.#state = { kind: 'off' };
    try {
      await machine.terminal.stop();
    } finally {
      machine.clock.powerOff();
      machine.network.powerOff();
    }
  }

  /** The power is cut: nothing is said, nothing more is written. */
  kill(): void {
    const machine = this.#state;
    if (machine.kind === 'on') this.#cut(machine);
  }

  #cut(machine: PoweredMachine): void {
    this.#state = { kind: 'off' };
    machine.clock.powerOff();
    machine.panel.stop();
    void machine.link.down().finally(() => machine.network.powerOff());
    machine.journal?.abandon();
  }

  #assemble(boot: Boot): PoweredMachine {
    const { terminal, folder, world, random, log, builtAt, hardware, heartbeatMs } = this.#parts;
    const clock = new SimulatedClock(world, boot);
    const network = new NetworkClock(this.#parts.networkFactor);
    const panel = new VirtualPanel();
    const link = new LinkSwitch(() => this.#transport(network));
    const machine: PoweredMachine = {
      kind: 'on',
      clock,
      network,
      panel,
      link,
      journal: undefined,
      terminal: new Terminal({
        clock,
        random,
        panel,
        transport: link,
        settings: new SettingsFile(folder),
        log,
        hardware: hardware ?? (() => ({ model: 'simulated' })),
        firmware: FIRMWARE_VERSION,
        builtAt,
        ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
        openJournal: (onNotice) => {
          const opening = () => ({ epoch: randomUUID(), bootId: boot.bootId, bootMs: clock.monotonic() });
          const place = { folder, terminal, now: () => clock.now(), opening };
          machine.journal = new ResilientJournal(place, onNotice);
          return machine.journal;
        },
      }),
    };
    return machine;
  }

  #transport(network: NetworkClock): Transport {
    if (this.#parts.openTransport !== undefined) return this.#parts.openTransport();
    const { terminal, brokerUrl: url, random, log, disturbance } = this.#parts;
    const mqtt = new MqttTransport({ terminal, url, clock: network, random, log });
    return new DisturbedTransport(mqtt, disturbance, random, network);
  }
}
