import type { ChildProgram } from '../../support/child-program.js';
import type { TestBench } from '../../support/test-bench.js';
import type { PowerDisk } from '../power-disk.js';
import type { PowerPlace } from '../power-place.js';

/** Where a moment is played. */
export interface Scene {
  place: PowerPlace;
  disk: PowerDisk;
  /** For programs whose power is never cut. */
  bench: TestBench;
}

/** A program at the work in which its power is cut. */
export interface Work {
  child: ChildProgram;
  /** True once it says that the work is done, false where it ended before. */
  done: Promise<boolean>;
}

/** Something that a program does with files, in the middle of which the power may go. */
export interface Moment {
  name: string;
  /** Puts on the disk what is there before. */
  prepare(scene: Scene): Promise<void>;
  /** Before each cut, with the disk as prepared. */
  ready?(scene: Scene): Promise<void>;
  /** Begins the work; programs come from `bench`. */
  work(scene: Scene, bench: TestBench): Work;
  /** After the work was said to be done, before the power goes. */
  finished?(scene: Scene): void;
  /** Looks at what is there after the cut, with the programs; `done`: the work was said to be done before it. What is wrong, in words. */
  verify(scene: Scene, done: boolean): Promise<string[]>;
  /** Ends what runs beside the scene. */
  close?(): Promise<void>;
}

/** The work of a command: done when it ends with 0. */
export function commandWork(child: ChildProgram): Work {
  return { child, done: child.exited.then(({ code }) => code === 0) };
}

/** The work of a program that goes on: done when it says so. */
export function lastingWork(child: ChildProgram, goal: RegExp): Work {
  return {
    child,
    done: Promise.race([
      child.line(goal).then(
        () => true,
        () => false,
      ),
      child.exited.then(() => false),
    ]),
  };
}
