import * as z from 'zod';
import { startOfLocalDay } from '../calendar/instant.js';
import { BUCKET_MS } from '../store/store.js';
import { assessTerminals } from '../terminals/assess-terminals.js';
import { overview } from './overview-model.js';
import { overviewPage } from './overview-page.js';
import { pageView } from './page-view.js';

/** How all terminals are, and what was said today. */
export const overviewView = pageView({
  path: '/',
  params: z.object({}),
  query: z.object({}),
  async load({ now }, { store, zone }) {
    const from = Math.floor(startOfLocalDay(now, zone) / BUCKET_MS) * BUCKET_MS;
    const to = Math.ceil((now + 1) / BUCKET_MS) * BUCKET_MS;
    const [registry, terminals, cells] = await Promise.all([
      store.registry(),
      store.terminals(now),
      store.rollups({ from, to, step: 'whole', by: 'terminalAndServicePoint' }),
    ]);
    return overview(registry, terminals, cells, assessTerminals(registry, { now, zone }));
  },
  render: overviewPage,
  concerns: (_model, event) => event.kind !== 'alert',
});
