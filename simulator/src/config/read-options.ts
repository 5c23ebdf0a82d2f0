import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describeIssues, explainError, HymioError, readYamlText } from '@hymio/protocol';
import { parse } from 'yaml';
import type * as z from 'zod';

/** Options of one command. */
export interface OptionsOf<T> {
  /** How its help is asked for. */
  help: string;
  schema: z.ZodType<T>;
  /** Options that are paths: those from a file are relative to it. */
  paths: readonly string[];
}

/**
 * Options from the command line over those of a YAML file.
 * Errors: HymioError `config-unreadable`, `config-invalid` naming every fault.
 */
export function readOptions<T>(
  { help, schema, paths }: OptionsOf<T>,
  given: Record<string, unknown>,
  file?: string,
): T {
  const base = file === undefined ? {} : readOptionsFile(file, paths);
  const result = schema.safeParse({ ...base, ...given });
  if (result.success) return result.data;
  throw new HymioError(
    'config-invalid',
    `The options are not valid: ${describeIssues(result.error)}.`,
    `Correct them; \`${help}\` lists all.`,
  );
}

function readOptionsFile(file: string, paths: readonly string[]): Record<string, unknown> {
  const value = readYamlText(readText(file), file, parse) ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new HymioError(
      'config-invalid',
      `${file} is not a list of options.`,
      'Write one option a line, as `seed: 1`.',
    );
  }
  // Of every name, also one of JavaScript's own: who misspelt it is told.
  const options: Record<string, unknown> = { ...value };
  const folder = dirname(resolve(file));
  for (const name of paths) {
    const path = options[name];
    if (typeof path === 'string') options[name] = resolve(folder, path);
  }
  return options;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const text = `${file} cannot be read: ${explainError(error)}.`;
    throw new HymioError('config-unreadable', text, 'Give an existing YAML file with --config.', { cause: error });
  }
}
