import { HymioError } from '@hymio/protocol';
import type { EnrolmentDesk } from '../../identity/enrolment-desk.js';
import type { SightNow } from './sight.js';

/** What pages do about the certificates of terminals. */
export type ServedEnrolment = Pick<EnrolmentDesk, 'isOpen' | 'standing' | 'makeCode' | 'withdrawCode' | 'shutOut'>;

/** The same for who may see a part: about terminals that stand where they may look. Error: HymioError `unknown-terminal`. */
export function limitedEnrolment(desk: ServedEnrolment, sightNow: SightNow, now: () => number): ServedEnrolment {
  const checkSeen = async (terminal: string): Promise<void> => {
    if ((await sightNow()).terminal(terminal, now())) return;
    throw new HymioError('unknown-terminal', `There is no terminal ${terminal}.`, 'Look at the list of terminals.');
  };
  return {
    isOpen: desk.isOpen,
    async standing(terminal, at) {
      await checkSeen(terminal);
      return desk.standing(terminal, at);
    },
    async makeCode(terminal, by) {
      await checkSeen(terminal);
      return desk.makeCode(terminal, by);
    },
    async withdrawCode(terminal, by) {
      await checkSeen(terminal);
      return desk.withdrawCode(terminal, by);
    },
    async shutOut(terminal, by) {
      await checkSeen(terminal);
      return desk.shutOut(terminal, by);
    },
  };
}
