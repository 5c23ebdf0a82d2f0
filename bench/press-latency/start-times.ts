import { freePort } from '../harness/free-port.js';
import { Program } from '../harness/program.js';
import { writeTerminalConfig } from '../terminal/terminal-config.js';

const STARTS = 7;

/** Seconds from the start of the terminal's process to its log line "ready for presses", with no broker to be found. */
export async function startTimes(folder: string): Promise<number[]> {
  const config = writeTerminalConfig(folder, await freePort());
  const times: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const program = Program.node('device/dist/cli/main.js', 'run', '--config', config);
    const line = await program.line('ready for presses');
    times.push((line.at - program.startedAt) / 1000);
    await program.stop();
  }
  return times;
}
