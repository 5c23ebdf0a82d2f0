import type { Store, TerminalRecord } from '../../store/store.js';
import { limitedAlertStore } from './limited-alert-store.js';
import { limitedReports, limitedSettings } from './limited-side-stores.js';
import { notForPart } from './not-for-part.js';
import { meetsExclusion, requireSeen, seesExclusion } from './sees-exclusion.js';
import type { Sight, SightNow } from './sight.js';

/**
 * A store that shows only what may be seen by who is limited. What concerns everything cannot be done by them. Error:
 * HymioError `role-too-small`.
 */
export function limitedStore(store: Store, sightNow: SightNow, now: () => number): Store {
  const { alerts } = store;
  return {
    ...limitedReads(store, sightNow),
    ...limitedAdministrationReads(store, sightNow),
    ...WHOLE_ONLY,
    reports: limitedReports(store.reports, sightNow),
    tokens: store.tokens,
    settings: limitedSettings(store.settings, sightNow, now),
    ...(alerts === undefined ? {} : { alerts: limitedAlertStore(alerts, sightNow) }),
    async putPublicSetting(setting, by) {
      const sight = await sightNow();
      if (!sight.servicePoint(setting.servicePoint)) throw notForPart();
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

function limitedReads(store: Store, sightNow: SightNow): Pick<Store, Reads> {
  const only = async <T>(read: Promise<T[]>, isSeen: (sight: Sight, one: T) => boolean): Promise<T[]> => {
    const [found, sight] = await Promise.all([read, sightNow()]);
    return found.filter((one) => isSeen(sight, one));
  };
  const known = (sight: Sight, { terminal }: { terminal: string }) => sight.knownTerminal(terminal);
  return {
    registry: async () => (await sightNow()).registry,
    terminals: (at, ids) => only(store.terminals(at, ids), standsInSight),
    async terminal(id, at) {
      const [detail, sight] = await Promise.all([store.terminal(id, at), sightNow()]);
      if (detail === undefined || !standsInSight(sight, detail)) return undefined;
      return { ...detail, assignments: detail.assignments.filter((one) => sight.servicePoint(one.servicePoint)) };
    },
    async rollups(query) {
      const sight = await sightNow();
      const seen = sight.registry.servicePoints.map(({ id }) => id);
      const servicePoints = seen.filter((id) => query.servicePoints?.includes(id) ?? true);
      return store.rollups({ ...query, servicePoints });
    },
    hoursOfWeek: (...span) => only(store.hoursOfWeek(...span), (sight, one) => sight.servicePoint(one.servicePoint)),
    async presses(query) {
      const sight = await sightNow();
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

function limitedAdministrationReads(store: Store, sightNow: SightNow): Pick<Store, AdministrationReads> {
  return {
    async exclusions(query) {
      const [found, sight] = await Promise.all([store.exclusions(query), sightNow()]);
      const met = found.filter((one) => meetsExclusion(sight, one));
      return met.map((one) => (seesExclusion(sight, one) ? one : { ...one, isPart: true }));
    },
    async tallyPresses(target, from, to) {
      const sight = await sightNow();
      requireSeen(sight, { target, from, to });
      return store.tallyPresses(target, from, to);
    },
    async staffNotes(query) {
      const [found, sight] = await Promise.all([store.staffNotes(query), sightNow()]);
      return found.filter(({ servicePoint }) => sight.servicePoint(servicePoint));
    },
    async registryLog(query) {
      const sight = await sightNow();
      // Where a terminal stood says where else it stood: that is not shown.
      const { subject } = query;
      const isShown = subject?.kind === 'terminal' || subject?.kind === 'terminal-identity';
      return isShown && sight.knownTerminal(subject.id) ? store.registryLog(query) : [];
    },
    async publicSettings() {
      const [found, sight] = await Promise.all([store.publicSettings(), sightNow()]);
      return found.filter(({ servicePoint }) => sight.servicePoint(servicePoint));
    },
  };
}

type WholeOnly =
  | 'terminalBriefs'
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

const refuse = async (): Promise<never> => {
  throw notForPart();
};

/** Pages change things by the administration, which looks closer. */
const WHOLE_ONLY: Pick<Store, WholeOnly> = {
  // A part of a page of them would look like its end; the board reads them, and shows what may be seen.
  terminalBriefs: refuse,
  commit: refuse,
  importRegistry: refuse,
  prune: refuse,
  rebuildRollups: refuse,
  backup: refuse,
  editRegistry: refuse,
  exclude: refuse,
  revokeExclusion: refuse,
  putStaffNote: refuse,
  removeStaffNote: refuse,
};
