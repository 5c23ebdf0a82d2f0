import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { isChanged } from '../../board/board-change.js';
import type { ServedParts } from '../../http/http-parts.js';
import { terminalConfigIn } from '../../terminal-settings/terminal-config.js';
import { pageView } from '../page-view.js';
import { terminalPage } from './terminal-page.js';
import { type TerminalPageModel, terminalPageModel, timelineStart } from './terminal-page-model.js';

/** `now`: UTC ms. Error: HymioError `unknown-terminal`. */
export async function loadTerminalPage(parts: ServedParts, id: string, now: number): Promise<TerminalPageModel> {
  const { board, store, zone, commands } = parts;
  const from = timelineStart(now, zone);
  // All at once: a second round would wait behind what others have asked for meanwhile.
  const [snapshot, registry, detail, presence, faults, exclusions, settings] = await Promise.all([
    board.look(),
    store.registry(),
    store.terminal(id, now),
    store.presence(from, now, id),
    store.faultSpans(from, now, id),
    store.exclusions({ inForce: true }),
    store.settings.list(),
  ]);
  const config = detail && terminalConfigIn(registry, settings, detail);
  const runs = commands?.runs(id) ?? [];
  return terminalPageModel({ snapshot, detail, id, presence, faults, exclusions, config, runs, zone, now });
}

/** One terminal: how it is, what to do, the last two weeks. */
export const terminalView = pageView({
  path: '/terminals/:id',
  params: z.object({ id: idSchema }),
  query: z.object({}),
  load: ({ params: { id }, now }, parts) => loadTerminalPage(parts, id, now),
  render: (model, context) => terminalPage(model, context),
  concerns(model) {
    const { id } = model.terminal.record;
    return (event) =>
      (event.kind === 'board' && isChanged(event.change, 'terminals', id)) ||
      (event.kind === 'command' && event.terminal === id);
  },
});
