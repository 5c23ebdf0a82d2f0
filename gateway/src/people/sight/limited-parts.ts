import { HymioError } from '@hymio/protocol';
import type { Commands } from '../../commands/commands.js';
import type { ServedParts } from '../../http/http-parts.js';
import { limitedAdministration } from './limited-administration.js';
import { limitedAlerting } from './limited-alerting.js';
import { limitedBoard } from './limited-board.js';
import { limitedEnrolment } from './limited-enrolment.js';
import { limitedStore } from './limited-store.js';
import type { Sights } from './sights.js';

/** What pages and addresses ask terminals to do. */
export type ServedCommands = Pick<Commands, 'give' | 'runs'>;

/** The parts of the server as whoever asks may see them: routes get these and no others. */
export function limitedParts(parts: ServedParts, sights: Sights): ServedParts {
  const { store, clock, administration, alerting, commands, enrolment, board } = parts;
  const now = () => clock.now();
  return {
    ...parts,
    store: limitedStore(store, sights, now),
    administration: limitedAdministration(administration, { store, sights, now }),
    board: limitedBoard(board, sights),
    ...(alerting === undefined ? {} : { alerting: limitedAlerting(alerting, sights, now) }),
    ...(commands === undefined ? {} : { commands: limitedCommands(commands, sights, now) }),
    ...(enrolment === undefined ? {} : { enrolment: limitedEnrolment(enrolment, sights, now) }),
  };
}

function limitedCommands(commands: ServedCommands, sights: Sights, now: () => number): ServedCommands {
  return {
    runs: (terminal) => commands.runs(terminal),
    async give(terminal, command, by) {
      if ((await sights.now())?.terminal(terminal, now()) === false) {
        throw new HymioError('unknown-terminal', `There is no terminal ${terminal}.`, 'Look at the list of terminals.');
      }
      return commands.give(terminal, command, by);
    },
  };
}
