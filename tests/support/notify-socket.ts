import { fileURLToPath } from 'node:url';
import type { ChildProgram } from './child-program.js';
import { program } from './requirements.js';
import type { TestBench } from './test-bench.js';

const STAND_IN = fileURLToPath(new URL('./notify-socket.py', import.meta.url));

/** What a test with a notify socket needs of the machine. */
export const NOTIFY_PROGRAMS = ['python3', 'systemd-notify'] as const;

/** Stands in for systemd's end of a notify socket; its lines are `from PID: NAME=VALUE; …`. */
export async function listenForNotifications(bench: TestBench, address: string): Promise<ChildProgram> {
  const child = bench.spawn('notify socket', program('python3'), [STAND_IN, address]);
  await child.line(/^listening$/);
  return child;
}

/** What was said so far, without who said it. */
export function messagesOf(socket: ChildProgram): string[] {
  return socket.lines.flatMap((line) => /^from \d+: (.*)$/.exec(line)?.[1] ?? []);
}
