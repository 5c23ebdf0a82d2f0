import type fc from 'fast-check';

/** What fast-check runs, whatever it draws. */
export type FuzzProperty = fc.IRawProperty<unknown>;

/** One thing that must hold whatever comes in from outside. */
export interface Fuzzed {
  /** What is fuzzed; `--only` takes it. */
  topic: string;
  /** What must hold, as the title of a test. */
  name: string;
  /** Inputs tried by `npm test`. */
  runs: number;
  /** Programs that it needs; where one is missing it is skipped. */
  needs?: readonly string[];
  start(): Promise<StartedFuzzed>;
}

export interface StartedFuzzed {
  property: FuzzProperty;
  stop(): Promise<void>;
}

const nothing = async () => undefined;

/** Something that needs nothing beside it. */
export function fuzzed(topic: string, name: string, runs: number, property: FuzzProperty): Fuzzed {
  return { topic, name, runs, start: async () => ({ property, stop: nothing }) };
}
