import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { isAnyListed, isChanged } from '../board/board-change.js';
import { TERMINAL_STATE_KINDS } from '../terminals/terminal-state.js';
import { groupModel } from './group-model.js';
import { groupPage } from './group-page.js';
import { pageView } from './page-view.js';

const filterSchema = z.object({
  state: z
    .enum([...TERMINAL_STATE_KINDS, 'attention'])
    .optional()
    .catch(undefined),
  search: z.string().max(100).catch(''),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
});

/** One group of places and its terminals. */
export const groupView = pageView({
  path: '/groups/:id',
  params: z.object({ id: idSchema }),
  query: filterSchema,
  async load({ params, query }, { board }) {
    return groupModel(await board.look(), params.id, { ...query, state: query.state });
  },
  render: groupPage,
  concerns(model) {
    const id = model.group?.id;
    return (event) =>
      event.kind === 'board' && (id === undefined ? isAnyListed(event.change) : isChanged(event.change, 'places', id));
  },
});

/** All terminals, wherever they stand. */
export const terminalsView = pageView({
  path: '/terminals',
  params: z.object({}),
  query: filterSchema,
  async load({ query }, { board }) {
    return groupModel(await board.look(), undefined, { ...query, state: query.state });
  },
  render: groupPage,
  concerns: () => (event) => event.kind === 'board' && isAnyListed(event.change),
});
