/** Absolute path of a program, or undefined where it is not installed. */
export function findProgram(name: string): string | undefined;
