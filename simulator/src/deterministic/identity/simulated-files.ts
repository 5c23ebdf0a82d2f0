import type { DurableFiles } from '@hymio/device';
import type { Random } from '@hymio/protocol';
import { drawInteger } from '../../random/draw.js';
import type { SimulatedProcess } from '../simulated-process.js';

interface Content {
  text: string;
  /** What of it is on the disk. */
  synced: string;
}
type Names = Map<string, Content>;

/**
 * The files of a card. What processes see and what is on the disk are two things: contents reach it with `sync`, names
 * in the order of their changes, all of them with `syncFolder`. At a power cut a card may have come further than it must.
 */
export class SimulatedFiles implements DurableFiles {
  readonly #names: Names = new Map();
  readonly #onDisk: Names = new Map();
  readonly #open = new Map<number, Content>();
  /** Changes of names that are not on the disk yet, oldest first. */
  #pending: ((names: Names) => void)[] = [];
  #handles = 0;

  read(file: string): Buffer | undefined {
    const content = this.#names.get(file);
    return content === undefined ? undefined : Buffer.from(content.text);
  }

  makeFolder(_folder: string): void {
    // There is one card, and no folder on it but by name.
  }

  create(file: string): number {
    if (this.#names.has(file)) throw Object.assign(new Error(`${file} exists`), { code: 'EEXIST' });
    const content = { text: '', synced: '' };
    this.#change((names) => names.set(file, content));
    this.#handles += 1;
    this.#open.set(this.#handles, content);
    return this.#handles;
  }

  write(handle: number, content: string): void {
    this.#opened(handle).text += content;
  }

  sync(handle: number): void {
    const content = this.#opened(handle);
    content.synced = content.text;
  }

  close(handle: number): void {
    this.#opened(handle);
    this.#open.delete(handle);
  }

  rename(from: string, to: string): void {
    const content = this.#names.get(from);
    if (content === undefined) throw Object.assign(new Error(`${from} is not there`), { code: 'ENOENT' });
    this.#change((names) => {
      names.delete(from);
      names.set(to, content);
    });
  }

  remove(file: string): void {
    if (this.#names.has(file)) this.#change((names) => names.delete(file));
  }

  syncFolder(_folder: string): void {
    for (const change of this.#pending) change(this.#onDisk);
    this.#pending = [];
  }

  /** What would be read after a power cut at the worst moment: undefined where that is nothing. */
  onDisk(file: string): string | undefined {
    return this.#onDisk.get(file)?.synced;
  }

  /** What was not flushed is there in part, or not at all. */
  losePower(random: Random): void {
    const kept = drawInteger(random, 0, this.#pending.length);
    for (const change of this.#pending.slice(0, kept)) change(this.#onDisk);
    this.#pending = [];
    this.#open.clear();
    this.#names.clear();
    for (const [file, content] of this.#onDisk) {
      const { text, synced } = content;
      // A length, not a byte: how long a signature is differs from run to run.
      const parts = text === synced ? 0 : drawInteger(random, 0, 2);
      content.text = parts === 0 ? synced : text.slice(0, Math.ceil((text.length * parts) / 2));
      content.synced = content.text;
      this.#names.set(file, content);
    }
  }

  /** As a process sees them, which may die before or after every effect. */
  forProcess(process: SimulatedProcess): DurableFiles {
    const effect = <T>(act: () => T): T => {
      process.point();
      const result = act();
      process.point();
      return result;
    };
    return {
      read: (file) => this.read(file),
      makeFolder: (folder) => effect(() => this.makeFolder(folder)),
      create: (file) => effect(() => this.create(file)),
      write: (handle, content) => effect(() => this.write(handle, content)),
      sync: (handle) => effect(() => this.sync(handle)),
      close: (handle) => effect(() => this.close(handle)),
      rename: (from, to) => effect(() => this.rename(from, to)),
      remove: (file) => effect(() => this.remove(file)),
      syncFolder: (folder) => effect(() => this.syncFolder(folder)),
    };
  }

  #change(change: (names: Names) => void): void {
    change(this.#names);
    this.#pending.push(change);
  }

  #opened(handle: number): Content {
    const content = this.#open.get(handle);
    if (content === undefined) throw Object.assign(new Error(`${handle} is not open`), { code: 'EBADF' });
    return content;
  }
}
