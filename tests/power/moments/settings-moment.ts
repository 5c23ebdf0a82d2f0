import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GatewayProgram, writeGatewayConfig } from '../../support/gateway-program.js';
import type { TestBench } from '../../support/test-bench.js';
import { until } from '../../support/until.js';
import type { Moment, Scene, Work } from './moment.js';
import { launch } from './terminal-moments.js';

const TERMINAL = 'dark-1';

interface Seen {
  configVersion: string | null;
  config: { version: string };
}

/** A terminal writes down the settings that its gateway desires. */
export class Settings implements Moment {
  readonly name = 'settings are written down';
  #gateway: GatewayProgram | undefined;
  #desired = '';
  #lockoutMs = 20;

  async prepare(scene: Scene): Promise<void> {
    const bench = scene.place.steadyBench('gateway');
    this.#gateway = await GatewayProgram.start(bench, writeGatewayConfig(bench, 'gateway'));
    const terminal = launch(scene, scene.bench, this.#gateway.mqttPort);
    await until(
      'the terminal is known',
      () => this.#seen(),
      (seen) => seen !== undefined,
    );
    await this.ready();
    await until('settings are applied', () => this.#seen(), isApplied);
    await terminal.stop('SIGTERM');
  }

  /** Other settings each time: those before are applied already, as the gateway sees it. */
  async ready(): Promise<void> {
    this.#lockoutMs += 1;
    const before = (await this.#seen())?.config.version;
    const body = new URLSearchParams({ by: 'Aino', lockoutMs: String(this.#lockoutMs) });
    const path = `${this.#gateway?.http}/admin/settings/terminal/${TERMINAL}`;
    const { status } = await fetch(path, { method: 'POST', body, redirect: 'manual' });
    if (status !== 303) throw new Error(`the settings were answered with ${status}`);
    const changed = (seen: Seen | undefined) => seen !== undefined && seen.config.version !== before;
    const seen = await until('others are desired', () => this.#seen(), changed);
    this.#desired = seen?.config.version ?? '';
  }

  work(scene: Scene, bench: TestBench): Work {
    const { child } = launch(scene, bench, this.#gateway?.mqttPort);
    const applied = until(
      'settings are applied',
      async () => (child.running ? await this.#seen() : undefined),
      (seen) => isApplied(seen) || !child.running,
    );
    return { child, done: applied.then((seen) => seen !== undefined && isApplied(seen)) };
  }

  async verify(scene: Scene, done: boolean): Promise<string[]> {
    const offline = launch(scene, scene.bench);
    await offline.child.line(/"msg":"ready for presses"/);
    const alarm = offline.child.lines.find((line) => line.includes('settings-damaged'));
    await offline.stop('SIGKILL');
    if (alarm !== undefined) return [`the settings cannot be read: ${alarm}`];
    const file = join(scene.disk.folder, 'settings.json');
    const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : undefined;
    if (kept === undefined) return ['the settings are gone, the new ones and those before'];
    return !done || kept === this.#desired ? [] : ['settings that the gateway was told of are gone'];
  }

  async #seen(): Promise<Seen | undefined> {
    const answer = await this.#gateway?.fetch(`/api/v1/terminals/${TERMINAL}`);
    return answer?.ok ? ((await answer.json()) as Seen) : undefined;
  }
}

function isApplied(seen: Seen | undefined): boolean {
  return seen !== undefined && seen.configVersion === seen.config.version;
}
