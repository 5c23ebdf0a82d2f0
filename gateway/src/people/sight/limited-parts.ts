import { HymioError } from '@hymio/protocol';
import type { Commands } from '../../commands/commands.js';
import type { ServedParts } from '../../http/http-parts.js';
import { limitedAdministration } from './limited-administration.js';
import { limitedAlerting } from './limited-alerting.js';
import { limitedBoard } from './limited-board.js';
import { limitedEnrolment } from './limited-enrolment.js';
import { limitedStore } from './limited-store.js';
import { type SightNow, sightOfGroups } from './sight.js';

/** What pages and addresses ask terminals to do. */
export type ServedCommands = Pick<Commands, 'give' | 'runs'>;

/** The parts of the server as somebody may see them who is limited to these groups. */
export function limitedParts(parts: ServedParts, groups: readonly string[]): ServedParts {
  const sightNow = async () => sightOfGroups(await parts.store.registry(), groups);
  const { store, clock, administration, alerting, commands, enrolment, board } = parts;
  const now = () => clock.now();
  return {
    ...parts,
    store: limitedStore(store, sightNow, now),
    administration: limitedAdministration(administration, { store, sightNow, now }),
    board: limitedBoard(board, sightNow),
    ...(alerting === undefined ? {} : { alerting: limitedAlerting(alerting, sightNow, now) }),
    ...(commands === undefined ? {} : { commands: limitedCommands(commands, sightNow, now) }),
    ...(enrolment === undefined ? {} : { enrolment: limitedEnrolment(enrolment, sightNow, now) }),
  };
}

function limitedCommands(commands: ServedCommands, sightNow: SightNow, now: () => number): ServedCommands {
  return {
    runs: (terminal) => commands.runs(terminal),
    async give(terminal, command, by) {
      if (!(await sightNow()).terminal(terminal, now())) {
        throw new HymioError('unknown-terminal', `There is no terminal ${terminal}.`, 'Look at the list of terminals.');
      }
      return commands.give(terminal, command, by);
    },
  };
}
