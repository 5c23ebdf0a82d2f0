import { join } from 'node:path';
import { destroyPage, oldestPressPage } from '../../support/journal-pages.js';
import { TerminalProgram, writeTerminalConfig } from '../../support/terminal-program.js';
import { TERMINAL_PROGRAM, type TestBench } from '../../support/test-bench.js';
import { lastingWork, type Moment, type Scene } from './moment.js';

const TERMINAL = 'dark-1';
/** Nobody listens there. */
const NO_BROKER = 1;
const READY = /"msg":"ready for presses"/;

/** The very first start of a terminal, in an empty folder. */
export const firstStart: Moment = {
  name: 'first start of a terminal',
  prepare: async () => undefined,
  work: (scene, bench) => lastingWork(launch(scene, bench).child, READY),
  verify: async (scene) => {
    const terminal = launch(scene, scene.bench);
    await terminal.child.line(READY);
    await terminal.press(3);
    const alarm = terminal.child.lines.find((line) => line.includes('journal-damaged'));
    await terminal.stop('SIGKILL');
    return alarm === undefined ? [] : [`a terminal that never had a journal says that it is damaged: ${alarm}`];
  },
};

/** A damaged journal is set aside, and what can be read of it goes into a new one. */
export class Quarantine implements Moment {
  readonly name = 'a damaged journal is set aside';
  #expected = '';

  async prepare(scene: Scene): Promise<void> {
    const first = launch(scene, scene.bench);
    for (let press = 0; press < 120; press += 1) await first.press(press % 4);
    await first.stop('SIGTERM');
    const file = join(scene.disk.folder, 'journal.sqlite');
    const page = oldestPressPage(file);
    // The presses of this run are in the write-ahead log alone.
    const second = launch(scene, scene.bench);
    for (let press = 0; press < 40; press += 1) await second.press(press % 4);
    await second.stop('SIGKILL');
    destroyPage(file, page);
    await scene.disk.keep();
    this.#expected = await this.#saved(scene);
    await scene.disk.reset();
  }

  work(scene: Scene, bench: TestBench) {
    return lastingWork(launch(scene, bench).child, READY);
  }

  async verify(scene: Scene): Promise<string[]> {
    const saved = await this.#saved(scene);
    return saved === this.#expected ? [] : [`the journal holds ${saved} instead of ${this.#expected}`];
  }

  /** The presses that a start without a cut saves. */
  async #saved(scene: Scene): Promise<string> {
    const terminal = launch(scene, scene.bench);
    await terminal.child.line(READY);
    await terminal.stop('SIGTERM');
    const config = configOf(scene, scene.bench);
    const status = scene.bench.node('status', TERMINAL_PROGRAM, 'status', '--json', '--config', config);
    await status.exited;
    const { held, epochs } = JSON.parse(status.lines.join('')) as { held: number; epochs: object[] };
    return `${held} presses: ${JSON.stringify(epochs)}`;
  }
}

export function launch(scene: Scene, bench: TestBench, port = NO_BROKER): TerminalProgram {
  return new TerminalProgram(bench, TERMINAL, configOf(scene, bench, port));
}

export function configOf(scene: Scene, bench: TestBench, port = NO_BROKER): string {
  return writeTerminalConfig(bench, TERMINAL, port, { data: scene.disk.folder });
}
