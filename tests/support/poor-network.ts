import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChildProgram } from './child-program.js';
import { isRunning } from './is-running.js';
import type { TestBench } from './test-bench.js';

/** What `PoorNetwork` needs of the machine. */
export const POOR_NETWORK_NEEDS = ['root', 'ip', 'python3', '/dev/net/tun'] as const;

/** Where `ip netns` keeps hosts, by name. */
const HOSTS = '/run/netns';
/** Files in a folder of its name stand in place of those in /etc for programs of a host. */
const ETC = '/etc/netns';
const OF_A_PROCESS = /^hy(\d+)-\d+$/;
const LINK = fileURLToPath(new URL('./poor-link.py', import.meta.url));

/** A host of its own (a network namespace of the kernel's) at the end of a link that can be made bad, packet by packet. */
export class PoorNetwork {
  /** Addresses of this side and of the other host. */
  readonly near: string;
  readonly far: string;
  readonly #name: string;
  readonly #link: ChildProgram;

  private constructor(name: string, link: ChildProgram, subnet: string) {
    this.#name = name;
    this.#link = link;
    this.near = `${subnet}.1`;
    this.far = `${subnet}.2`;
  }

  /** The host, which knows nobody by name as yet, and the link to it. They go with the bench. */
  static async start(bench: TestBench): Promise<PoorNetwork> {
    removeLeftovers();
    const name = `hy${process.pid}-${Math.floor(Math.random() * 1e4)}`.slice(0, 12);
    bench.afterwards(async () => remove(name));
    // A network of documentation and benchmarks (RFC 2544): nobody's.
    const subnet = `198.18.${Math.floor(Math.random() * 250)}`;
    mkdirSync(join(ETC, name), { recursive: true });
    writeFileSync(join(ETC, name, 'hosts'), '');
    writeFileSync(join(ETC, name, 'resolv.conf'), '');
    writeFileSync(join(ETC, name, 'nsswitch.conf'), 'hosts: files\n');
    const link = bench.spawn('link', 'python3', [LINK, `${name}n`, `${name}f`]);
    await link.line(/^ready$/);
    const network = new PoorNetwork(name, link, subnet);
    ip('netns', 'add', name);
    ip('link', 'set', `${name}f`, 'netns', name);
    ip('addr', 'add', `${network.near}/30`, 'dev', `${name}n`);
    ip('link', 'set', `${name}n`, 'up');
    ip('-n', name, 'addr', 'add', `${network.far}/30`, 'dev', `${name}f`);
    ip('-n', name, 'link', 'set', `${name}f`, 'up');
    ip('-n', name, 'link', 'set', 'lo', 'up');
    return network;
  }

  /** What starts a program on the other host: its command and first arguments. */
  get there(): readonly [command: string, ...args: string[]] {
    return ['ip', 'netns', 'exec', this.#name];
  }

  /** From now on a share of the packets (0 … 1) is lost, each way, and the others take so long. */
  async become({ loss, leastMs = 0, mostMs = 0 }: { loss: number; leastMs?: number; mostMs?: number }): Promise<void> {
    const line = `${loss} ${leastMs} ${mostMs}`;
    const from = this.#link.lines.length;
    this.#link.write(`${line}\n`);
    await this.#link.line(/^so /, from);
  }

  /** No packet arrives, and neither side is told. */
  cut(): Promise<void> {
    return this.become({ loss: 1 });
  }

  /** Gives a name to an address on the other host, or takes all names away. */
  names(entries: Readonly<Record<string, string>>): void {
    const lines = Object.entries(entries).map(([name, address]) => `${address} ${name}\n`);
    writeFileSync(join(ETC, this.#name, 'hosts'), lines.join(''));
  }
}

/** Takes a host away, whatever there is of it; programs on it are to be ended before. The link goes with its program. */
function remove(name: string): void {
  if (existsSync(join(HOSTS, name))) ip('netns', 'delete', name);
  rmSync(join(ETC, name), { recursive: true, force: true });
}

/** Hosts of processes that were killed with everything in memory. */
function removeLeftovers(): void {
  for (const name of [HOSTS, ETC].filter(existsSync).flatMap((folder) => readdirSync(folder))) {
    const pid = OF_A_PROCESS.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) remove(name);
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'inherit'] });
}
