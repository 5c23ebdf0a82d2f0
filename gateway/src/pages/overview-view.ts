import * as z from 'zod';
import { isAnyListed } from '../board/board-change.js';
import { overview } from './overview-model.js';
import { overviewPage } from './overview-page.js';
import { pageView } from './page-view.js';

/** How all terminals are, and what was said today. */
export const overviewView = pageView({
  path: '/',
  params: z.object({}),
  query: z.object({}),
  async load(_wanted, { board }) {
    return overview(await board.look());
  },
  render: overviewPage,
  concerns: () => (event) => event.kind === 'board' && isAnyListed(event.change),
});
