import { type CommandRun, ROLES } from '@hymio/gateway';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SamplePeople } from '../../support/sample-people.js';
import type { SampleSite } from '../../support/sample-site.js';
import { SAMPLE_NOW } from '../../support/sample-store.js';

const LINE = 'the journal was set aside';

let site: SampleSite;
let sample: SamplePeople;

beforeAll(async () => {
  const run: CommandRun = {
    ...{ id: 'one', terminal: 'kallio-1', who: 'Aino', at: SAMPLE_NOW },
    command: 'send-diagnostics',
    state: 'done',
    diagnostics: {
      ...{ firmware: '1.0.0', node: 'v20.19.0', system: 'linux arm64', uptimeMs: 1, clock: 'synced', settings: {} },
      ...{ hardware: {}, pending: 0, held: 0, epochs: [], faults: [], log: [LINE] },
    },
  };
  const commands = { give: () => Promise.reject(new Error('not asked')), runs: () => [run] };
  ({ site, sample } = await SamplePeople.site(
    ROLES.toReversed().map((role) => ({ name: role, displayName: role, role })),
    { commands },
  ));
});
afterAll(async () => {
  sample.stop();
  await site.stop();
});

it('what a terminal told of itself is shown to who may ask for it, and to nobody else', async () => {
  const shown: Record<string, boolean> = {};
  for (const role of ROLES) {
    const headers = { ...(await sample.headers(role, site.http.address.url)), accept: 'text/html' };
    const answer = await fetch(`${site.http.address.url}/terminals/kallio-1`, { headers });
    const text = await answer.text();
    expect(text).toContain('Aino');
    shown[role] = text.includes(LINE);
  }
  expect(shown).toEqual({ viewer: false, staff: false, admin: true });
});
