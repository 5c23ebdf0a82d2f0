import { seededRandom } from '@hymio/simulator';
import { afterEach, describe, expect, it } from 'vitest';
import type { ExportedPress } from '../support/gateway-program.js';
import { describeWith } from '../support/requirements.js';
import type { KeptPress } from '../support/terminal-program.js';
import { until } from '../support/until.js';
import { CrashSite } from './crash-site.js';

const SEED = Number(process.env['HYMIO_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const TERMINALS = ['kill-1', 'kill-2', 'kill-3'];
/** After the last kill everything is delivered within this: terminals that lost the broker often wait long, ms. */
const PATIENCE_MS = 60_000;

interface Troubles {
  id: string;
  pending: number | null;
  lost: object[];
  incidents: object[];
}

/** `terminal epoch seq` of a press. */
const identity = ({ terminal, epoch, seq }: KeptPress | ExportedPress) => `${terminal} ${epoch} ${seq}`;

/** Presses in the store that no terminal said are kept, beyond the one that each run may have had no time to say. */
function unexplained(stored: readonly ExportedPress[], kept: readonly KeptPress[]): string[] {
  const said = new Set(kept.map(identity));
  const highest = new Map<string, number>();
  for (const { epoch, seq } of kept) highest.set(epoch, Math.max(seq, highest.get(epoch) ?? 0));
  const unsaid = stored.filter((press) => !said.has(identity(press)));
  return unsaid.filter(({ epoch, seq }) => seq !== (highest.get(epoch) ?? 0) + 1).map(identity);
}

async function expectNothingLost(site: CrashSite): Promise<void> {
  const gateway = await site.gateway();
  const kept = site.kept();
  const missingFrom = (stored: readonly ExportedPress[]) => {
    const there = new Set(stored.map(identity));
    return kept.filter((press) => !there.has(identity(press))).map(identity);
  };
  await until(
    'every kept press is in the store',
    async () => missingFrom(await gateway.presses()),
    (missing) => missing.length === 0,
    PATIENCE_MS,
  );
  const stored = await gateway.presses();
  expect(stored.map(identity)).toHaveLength(new Set(stored.map(identity)).size);
  const ratings = new Map(stored.map((press) => [identity(press), press.rating]));
  expect(kept.filter((press) => ratings.get(identity(press)) !== press.rating)).toEqual([]);
  expect(unexplained(stored, kept)).toEqual([]);
  for (const id of TERMINALS) {
    const terminal = await gateway.json<Troubles>(`/api/v1/terminals/${id}`);
    expect(terminal).toMatchObject({ id, lost: [], incidents: [] });
  }
}

describe(`killed at random moments (seed ${SEED})`, () => {
  let site: CrashSite | undefined;
  afterEach(async () => {
    const children = site?.bench.children ?? [];
    await site?.bench.clear();
    expect(children.filter((child) => child.running)).toEqual([]);
  });

  async function play(broker: 'embedded' | 'mosquitto', rounds: number): Promise<void> {
    site = new CrashSite(broker, TERMINALS, seededRandom(SEED, broker));
    const story: string[] = [];
    try {
      await site.start(broker);
      const start = performance.now();
      for (let round = 1; round <= rounds; round += 1) story.push(`${round}: ${(await site.round()).join(', ')}`);
      await site.pressEverywhere();
      const end = performance.now();
      await expectNothingLost(site);
      const seconds = [end - start, performance.now() - end].map((ms) => (ms / 1000).toFixed(1));
      const told = `${rounds} rounds in ${seconds[0]} s, delivered after ${seconds[1]} s`;
      console.log(`${broker}, seed ${SEED}: ${site.kills} kills, ${site.kept().length} presses kept, ${told}`);
      expect(site.zombies()).toEqual([]);
      expect(site.kills).toBeGreaterThanOrEqual(rounds);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const logs = site.saveLogs([`seed ${SEED}`, ...story, message].join('\n'));
      throw new Error(`${message}\nHYMIO_SEED=${SEED}; what every process said: ${logs}`, { cause: error });
    }
  }

  it(
    'terminals and gateway with its embedded broker keep every press exactly once',
    () => play('embedded', 25),
    360_000,
  );

  describeWith(['mosquitto'], 'with mosquitto', () => {
    it('terminals, broker and gateway keep every press exactly once', () => play('mosquitto', 26), 360_000);
  });
});
