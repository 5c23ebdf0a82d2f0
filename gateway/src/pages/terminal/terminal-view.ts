import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { isChanged } from '../../board/board-change.js';
import { pageView } from '../page-view.js';
import { terminalPage } from './terminal-page.js';
import { terminalPageModel, timelineStart } from './terminal-page-model.js';

/** One terminal: how it is, what to do, the last two weeks. */
export const terminalView = pageView({
  path: '/terminals/:id',
  params: z.object({ id: idSchema }),
  query: z.object({}),
  async load({ params: { id }, now }, { board, store, zone }) {
    const from = timelineStart(now, zone);
    const [snapshot, detail, presence, faults, exclusions] = await Promise.all([
      board.look(),
      store.terminal(id, now),
      store.presence(from, now, id),
      store.faultSpans(from, now, id),
      store.exclusions({ inForce: true }),
    ]);
    return terminalPageModel({ snapshot, detail, id, presence, faults, exclusions, zone, now });
  },
  render: terminalPage,
  concerns(model) {
    const { id } = model.terminal.record;
    return (event) => event.kind === 'board' && isChanged(event.change, 'terminals', id);
  },
});
