import { addCounts, noCounts } from '../../aggregates/counts.js';
import type { Board } from '../../board/board.js';
import type { Snapshot } from '../../board/snapshot.js';
import type { Sight, SightNow } from './sight.js';

/** How things stand, for pages and addresses. */
export type ServedBoard = Pick<Board, 'look' | 'lookAfresh'>;

/** The same, of what may be seen. */
export function limitedBoard(board: ServedBoard, sightNow: SightNow): ServedBoard {
  const limited = async (read: Promise<Snapshot>) => {
    const [snapshot, sight] = await Promise.all([read, sightNow()]);
    return limitedSnapshot(snapshot, sight);
  };
  return { look: () => limited(board.look()), lookAfresh: () => limited(board.lookAfresh()) };
}

function limitedSnapshot(snapshot: Snapshot, sight: Sight): Snapshot {
  const terminals = snapshot.terminals.filter(({ record }) => sight.servicePoint(record.assignment?.servicePoint));
  const byId = new Map(terminals.map((terminal) => [terminal.record.id, terminal]));
  const today = noCounts();
  for (const { id } of sight.registry.servicePoints) addCounts(today, snapshot.todayAt(id));
  return {
    ...snapshot,
    registry: sight.registry,
    terminals,
    today,
    terminal: (id) => byId.get(id),
    todayAt: (id) => (sight.servicePoint(id) ? snapshot.todayAt(id) : noCounts()),
  };
}
