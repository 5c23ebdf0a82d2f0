import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Program } from '../harness/program.js';

/** The real gateway in its own process. */
export interface GatewayProgram {
  program: Program;
  /** http://127.0.0.1:port */
  http: string;
  mqttPort: number;
}

/** Starts it and waits until it is ready. `broker`: the port to listen on, or that of a broker elsewhere. */
export async function startGateway(
  folder: string,
  broker: { listen: number } | { connect: number },
  { data = './data', environment = {} }: { data?: string; environment?: Readonly<Record<string, string>> } = {},
): Promise<GatewayProgram> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'gateway.yaml');
  const mqtt = 'listen' in broker ? `listen: 127.0.0.1:${broker.listen}` : `url: mqtt://127.0.0.1:${broker.connect}`;
  const lines = [`data: ${data}`, `mqtt: { ${mqtt} }`, 'http: { listen: 127.0.0.1:0 }', 'log: { level: warn }'];
  writeFileSync(file, `${lines.join('\n')}\n`);
  const program = Program.nodeWith(environment, 'gateway/dist/cli/main.js', 'serve', '--config', file);
  const { text } = await program.line('ready http=');
  const http = /http=(\S+)/.exec(text)?.[1];
  const mqttPort = Number(/mqtt=\S+:(\d+)/.exec(text)?.[1]);
  if (http === undefined || !Number.isInteger(mqttPort)) throw new Error(`not understood: ${text}`);
  return { program, http: http.replace(/\/$/, ''), mqttPort };
}

/** Body of a GET, and how long it took, ms. Throws where the answer is not 200. */
export async function get(http: string, path: string): Promise<{ body: string; durationMs: number }> {
  const start = performance.now();
  const response = await fetch(`${http}${path}`);
  const body = await response.text();
  const durationMs = performance.now() - start;
  if (!response.ok) throw new Error(`${path}: ${response.status} ${body.slice(0, 500)}`);
  return { body, durationMs };
}
