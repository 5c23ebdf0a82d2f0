import type { SettingsShelf } from '@hymio/device';
import type { ConfigMessage, Random, Rating } from '@hymio/protocol';
import { drawBetween, drawInteger } from '../random/draw.js';
import { KEEP_ALIVE_MS } from './broker.js';
import { emptyDisk, loseNewest, type MemoryDisk } from './card.js';
import type { Connection, Route } from './connection.js';
import { drawBoot } from './draw-boot.js';
import type { MachineBoot } from './machine-clock.js';
import type { ClockHabit } from './plan.js';
import { SimulatedFirmware } from './simulated-firmware.js';
import type { World } from './world.js';

/** A supervisor starts the firmware again after this long. */
const RESTART_MS = 2_000;

type MachineState =
  | { kind: 'off' }
  | { kind: 'booted'; boot: MachineBoot }
  | { kind: 'running'; boot: MachineBoot; firmware: SimulatedFirmware }
  /** Never to be powered on again. */
  | { kind: 'retired' };

/** A computer with four buttons: its card, its clocks, its network, and the firmware as a process that can die. */
export class Machine {
  readonly id: string;
  /** Tells two machines with one id apart. */
  readonly name: string;
  readonly clock: ClockHabit;
  readonly route: Route;
  readonly #world: World;
  readonly #random: Random;
  readonly #firmwareRandom: Random;
  #disk: MemoryDisk = emptyDisk();
  #settings: ConfigMessage | undefined;
  #state: MachineState = { kind: 'off' };

  constructor(world: World, id: string, name: string, clock: ClockHabit) {
    this.#world = world;
    this.id = id;
    this.name = name;
    this.clock = clock;
    this.#random = world.random(name);
    this.#firmwareRandom = world.random(name, 'firmware');
    const delayMs = (): number => drawBetween(this.#random, 0, world.plan.delayMs);
    this.route = { delayMs, unplugged: false, upBlocked: false, downBlocked: false };
  }

  get disk(): MemoryDisk {
    return this.#disk;
  }

  get running(): boolean {
    return this.#state.kind === 'running';
  }

  /** Where settings survive the firmware. */
  get shelf(): SettingsShelf {
    return {
      load: () => this.#settings,
      save: (settings) => {
        this.#settings = settings;
      },
    };
  }

  powerOn(): void {
    if (this.#state.kind !== 'off') return;
    this.#state = { kind: 'booted', boot: drawBoot(this.#world, this.#random, this.clock) };
    this.#startFirmware();
  }

  /** Without warning. A card that had lied about its flushes loses its newest presses. */
  powerOff(): void {
    this.#firmware()?.kill();
    this.#state = { kind: 'off' };
    const { plan, trace, ledger } = this.#world;
    const lost = loseNewest(this.#disk, drawInteger(this.#random, 0, plan.lyingCard), ledger);
    trace.note(`${this.name} loses power${lost > 0 ? ` and its ${lost} newest presses` : ''}`);
  }

  /** Its card is thrown away with it. */
  retire(): void {
    this.powerOff();
    this.#state = { kind: 'retired' };
    this.replaceDisk(emptyDisk());
  }

  /** Another card, or another content of it; what only the old one held is gone. */
  replaceDisk(disk: MemoryDisk): void {
    for (const { epoch, oldestSeq, presses } of this.#disk.epochs) {
      for (let index = 0; index < presses.length; index += 1) this.#world.ledger.cardLost(epoch, oldestSeq + index);
    }
    this.#disk = disk;
  }

  /** While set, nothing can be written to the card. */
  failDisk(failure: MemoryDisk['failure']): void {
    if (failure === undefined) delete this.#disk.failure;
    else this.#disk.failure = failure;
  }

  /** Dies at the n-th effect from now. */
  killFirmware(afterPoints: number): void {
    this.#firmware()?.dieAfter(afterPoints);
  }

  /** Stops in good order; the supervisor starts it again. */
  stopFirmware(): void {
    this.#world.trace.note(`${this.name} stops`);
    this.#firmware()?.stop();
  }

  press(rating: Rating): void {
    this.#firmware()?.press(rating);
  }

  connection(): Connection | undefined {
    return this.#firmware()?.connection();
  }

  stepClock(byMs: number): void {
    if (this.#state.kind === 'booted' || this.#state.kind === 'running') this.#state.boot.step(byMs);
  }

  /** Presses that this terminal does not know to be acknowledged; undefined while it does not run. */
  pending(): number | undefined {
    return this.#firmware()?.pending();
  }

  #firmware(): SimulatedFirmware | undefined {
    return this.#state.kind === 'running' ? this.#state.firmware : undefined;
  }

  #startFirmware(): void {
    if (this.#state.kind !== 'booted') return;
    const { boot } = this.#state;
    const firmware = new SimulatedFirmware({
      world: this.#world,
      machine: this,
      boot,
      random: this.#firmwareRandom,
      onDeath: () => this.#died(firmware),
    });
    this.#state = { kind: 'running', boot, firmware };
    this.#world.trace.note(`${this.name} starts, boot ${boot.bootId.slice(0, 8)}`);
    firmware.start();
  }

  #died(firmware: SimulatedFirmware): void {
    const state = this.#state;
    if (state.kind !== 'running' || state.firmware !== firmware) return;
    this.#world.trace.note(`${this.name} firmware ends`);
    this.#world.lives.ends(this.name, this.#world.scheduler.now());
    firmware.disappear(drawBetween(this.#random, 0, KEEP_ALIVE_MS));
    const booted = { kind: 'booted', boot: state.boot } as const;
    this.#state = booted;
    this.#world.scheduler.after(RESTART_MS, () => {
      if (this.#state === booted) this.#startFirmware();
    });
  }
}
