import { HymioError } from '@hymio/protocol';
import type { Store, TerminalRecord } from '../../store/store.js';
import { limitedAlertStore } from './limited-alert-store.js';
import { limitedReports, limitedSettings } from './limited-side-stores.js';
import { notForPart } from './not-for-part.js';
import { meetsExclusion, seesExclusion } from './sees-exclusion.js';
import type { Sight } from './sight.js';
import type { Sights } from './sights.js';

/**
 * A store that shows whoever asks only what they may see; who may see everything gets the store's own answers. What
 * concerns everything cannot be done by who is limited. Error: HymioError `role-too-small`.
 */
export function limitedStore(store: Store, sights: Sights, now: () => number): Store {
  const { alerts } = store;
  return {
    ...limitedReads(store, sights),
    ...limitedAdministrationReads(store, sights),
    ...wholeOnly(store, sights),
    reports: limitedReports(store.reports, sights),
    tokens: store.tokens,
    settings: limitedSettings(store.settings, sights, now),
    ...(alerts === undefined ? {} : { alerts: limitedAlertStore(alerts, sights) }),
    async putPublicSetting(setting, by) {
      const sight = await sights.now();
      if (sight?.servicePoint(setting.servicePoint) === false) throw notForPart();
      return store.putPublicSetting(setting, by);
    },
    closePublicBlock: (block) => store.closePublicBlock(block),
    publicBlocks: (query) => store.publicBlocks(query),
    firstBucket: () => store.firstBucket(),
    check: () => store.check(),
    close: () => store.close(),
  };
}

type Reads =
  | 'registry'
  | 'terminals'
  | 'terminal'
  | 'rollups'
  | 'hoursOfWeek'
  | 'presses'
  | 'presence'
  | 'faultSpans'
  | 'lostRanges'
  | 'incidents'
  | 'suspects';

function limitedReads(store: Store, sights: Sights): Pick<Store, Reads> {
  const only = async <T>(read: Promise<T[]>, isSeen: (sight: Sight, one: T) => boolean): Promise<T[]> => {
    const [found, sight] = await Promise.all([read, sights.now()]);
    return sight === undefined ? found : found.filter((one) => isSeen(sight, one));
  };
  const known = (sight: Sight, { terminal }: { terminal: string }) => sight.knownTerminal(terminal);
  return {
    registry: async () => (await sights.now())?.registry ?? store.registry(),
    terminals: (at, ids) => only(store.terminals(at, ids), standsInSight),
    async terminal(id, at) {
      const [detail, sight] = await Promise.all([store.terminal(id, at), sights.now()]);
      if (detail === undefined || sight === undefined) return detail;
      if (!standsInSight(sight, detail)) return undefined;
      return { ...detail, assignments: detail.assignments.filter((one) => sight.servicePoint(one.servicePoint)) };
    },
    async rollups(query) {
      const sight = await sights.now();
      if (sight === undefined) return store.rollups(query);
      const seen = sight.registry.servicePoints.map(({ id }) => id);
      const servicePoints = seen.filter((id) => query.servicePoints?.includes(id) ?? true);
      return store.rollups({ ...query, servicePoints });
    },
    hoursOfWeek: (...span) => only(store.hoursOfWeek(...span), (sight, one) => sight.servicePoint(one.servicePoint)),
    async presses(query) {
      const sight = await sights.now();
      if (sight === undefined) return store.presses(query);
      return store.presses({ ...query, servicePoints: sight.registry.servicePoints.map(({ id }) => id) });
    },
    presence: (...span) => only(store.presence(...span), known),
    faultSpans: (...span) => only(store.faultSpans(...span), known),
    lostRanges: (...span) => only(store.lostRanges(...span), known),
    suspects: (...span) => only(store.suspects(...span), (sight, one) => sight.servicePoint(one.servicePoint)),
    incidents: () =>
      only(store.incidents(), (sight, { terminal }) => terminal === undefined || sight.knownTerminal(terminal)),
  };
}

function standsInSight(sight: Sight, { assignment }: TerminalRecord): boolean {
  return sight.servicePoint(assignment?.servicePoint);
}

type AdministrationReads = 'exclusions' | 'tallyPresses' | 'staffNotes' | 'registryLog' | 'publicSettings';

function limitedAdministrationReads(store: Store, sights: Sights): Pick<Store, AdministrationReads> {
  return {
    async exclusions(query) {
      const [found, sight] = await Promise.all([store.exclusions(query), sights.now()]);
      return sight === undefined ? found : found.filter((one) => meetsExclusion(sight, one));
    },
    async tallyPresses(target, from, to) {
      const sight = await sights.now();
      if (sight !== undefined && !meetsExclusion(sight, { target, from, to })) {
        throw new HymioError(
          'exclusion-unknown-target',
          `There is no terminal or service point ${target.id}.`,
          'Choose one that exists.',
        );
      }
      if (sight !== undefined && !seesExclusion(sight, { target, from, to })) throw notForPart();
      return store.tallyPresses(target, from, to);
    },
    async staffNotes(query) {
      const [found, sight] = await Promise.all([store.staffNotes(query), sights.now()]);
      return sight === undefined ? found : found.filter(({ servicePoint }) => sight.servicePoint(servicePoint));
    },
    async registryLog(query) {
      const sight = await sights.now();
      if (sight === undefined) return store.registryLog(query);
      // Where a terminal stood says where else it stood: that is not shown.
      const { subject } = query;
      const isShown = subject?.kind === 'terminal' || subject?.kind === 'terminal-identity';
      return isShown && sight.knownTerminal(subject.id) ? store.registryLog(query) : [];
    },
    async publicSettings() {
      const [found, sight] = await Promise.all([store.publicSettings(), sights.now()]);
      return sight === undefined ? found : found.filter(({ servicePoint }) => sight.servicePoint(servicePoint));
    },
  };
}

type WholeOnly =
  | 'commit'
  | 'importRegistry'
  | 'prune'
  | 'rebuildRollups'
  | 'backup'
  | 'editRegistry'
  | 'exclude'
  | 'revokeExclusion'
  | 'putStaffNote'
  | 'removeStaffNote';

/** Pages change things by the administration, which looks closer. */
function wholeOnly(store: Store, sights: Sights): Pick<Store, WholeOnly> {
  const whole =
    <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      if ((await sights.now()) !== undefined) throw notForPart();
      return work(...args);
    };
  return {
    commit: whole((arrivals) => store.commit(arrivals)),
    importRegistry: whole((file, by) => store.importRegistry(file, by)),
    prune: whole((before, by) => store.prune(before, by)),
    rebuildRollups: whole((by) => store.rebuildRollups(by)),
    backup: whole((file) => store.backup(file)),
    editRegistry: whole((edit, by) => store.editRegistry(edit, by)),
    exclude: whole((request, by) => store.exclude(request, by)),
    revokeExclusion: whole((id, by, why) => store.revokeExclusion(id, by, why)),
    putStaffNote: whole((note, by, id) => store.putStaffNote(note, by, id)),
    removeStaffNote: whole((id, by) => store.removeStaffNote(id, by)),
  };
}
