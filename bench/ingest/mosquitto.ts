import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../harness/free-port.js';
import { Program } from '../harness/program.js';

const START_MS = 5_000;
const PATHS = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/usr/bin/mosquitto'];

export { PATHS as MOSQUITTO_PATHS };

/** Mosquitto with its defaults, except that it holds no packet back to fill a larger one; on a free port, or the given one. */
export async function startMosquitto(
  path: string,
  folder: string,
  givenPort?: number,
): Promise<{ program: Program; port: number }> {
  const port = givenPort ?? (await freePort());
  const file = join(folder, 'mosquitto.conf');
  const lines = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    'persistence false',
    'set_tcp_nodelay true',
    'log_type error',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  const program = new Program(path, ['-c', file]);
  const deadline = performance.now() + START_MS;
  while (!(await answers(port))) {
    if (performance.now() > deadline) {
      await program.stop();
      throw new Error('mosquitto does not answer');
    }
    await wait(20);
  }
  return { program, port };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
