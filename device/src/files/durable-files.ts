/**
 * The calls by which a file is replaced as a whole: each is an effect of its own, and power can go between any two.
 * What was written is on the disk after `sync`, what was named after `syncFolder`. Errors: those of the system.
 */
export interface DurableFiles {
  /** Undefined where there is no such file. */
  read(file: string): Buffer | undefined;
  /** Does nothing where it is there. */
  makeFolder(folder: string): void;
  /** A new file, for the folder's owner alone; gives a handle. Error: `EEXIST`. */
  create(file: string): number;
  write(handle: number, content: string): void;
  sync(handle: number): void;
  close(handle: number): void;
  rename(from: string, to: string): void;
  /** Does nothing where it is not there. */
  remove(file: string): void;
  syncFolder(folder: string): void;
}
