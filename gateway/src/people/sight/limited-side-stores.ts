import { subjectOfKey } from '../../reporting/report-recipient.js';
import type { ReportStore } from '../../reporting/report-store.js';
import type { SettingsStore } from '../../store/settings-store.js';
import { type ScopeSettings, settingsAt } from '../../terminal-settings/scope-settings.js';
import { notForPart } from './not-for-part.js';
import { type Sight, type SightNow, seesScope } from './sight.js';

/** More than were ever issued of a few years; then the older ones are not found. */
const MOST_ISSUED = 20_000;

/** Issued reports of what may be seen. Who gets mails is nobody's business but theirs who see everything. */
export function limitedReports(reports: ReportStore, sightNow: SightNow): ReportStore {
  const refuse = async (): Promise<never> => {
    throw notForPart();
  };
  return {
    recipients: async () => [],
    mails: async () => [],
    waitingMails: async () => [],
    issuedWeeks: (weeks) => reports.issuedWeeks(weeks),
    async issued(query) {
      const sight = await sightNow();
      const found = await reports.issued({ ...query, limit: MOST_ISSUED });
      return found.filter(({ subject }) => seesReport(sight, subject)).slice(0, query.limit);
    },
    async issuedReport(id) {
      const [found, sight] = await Promise.all([reports.issuedReport(id), sightNow()]);
      return found !== undefined && seesReport(sight, found.report.subject) ? found : undefined;
    },
    async latePresses(query) {
      const sight = await sightNow();
      const seen = sight.registry.servicePoints.map(({ id }) => id);
      return reports.latePresses({
        ...query,
        servicePoints: seen.filter((id) => query.servicePoints?.includes(id) ?? true),
      });
    },
    saveRecipient: refuse,
    removeRecipient: refuse,
    issue: refuse,
    recordMail: refuse,
    sendMailAnew: refuse,
    noteSent: (sent, by) => reports.noteSent(sent, by),
  };
}

function seesReport(sight: Sight, key: string): boolean {
  const { group, servicePoint } = subjectOfKey(key);
  return sight.group(group) || sight.servicePoint(servicePoint);
}

/** What is desired of terminals that may be seen, and of the organisation, since that holds for them too. */
export function limitedSettings(settings: SettingsStore, sightNow: SightNow, now: () => number): SettingsStore {
  return {
    async list() {
      const [all, sight] = await Promise.all([settings.list(), sightNow()]);
      const seen = all.filter(({ scope }) => seesScope(sight, scope, now()));
      return sight.tops.reduce((found, top) => withSettingsFromAbove(found, top, all), seen);
    },
    async save(edit, by) {
      const sight = await sightNow();
      const { scope } = edit;
      if (scope.kind === 'organisation' || !seesScope(sight, scope, now())) throw notForPart();
      return settings.save(edit, by);
    },
    note: (...line) => settings.note(...line),
  };
}

/** A group at the top of what is seen has what groups above it have, so that what holds below it is what does hold. */
function withSettingsFromAbove(
  seen: readonly ScopeSettings[],
  { id, above }: Sight['tops'][number],
  all: readonly ScopeSettings[],
): ScopeSettings[] {
  const settingsOf = (group: string) => settingsAt(all, { kind: 'group', id: group });
  const merged = Object.assign({}, ...[id, ...above].map(settingsOf).reverse());
  const others = seen.filter(({ scope }) => scope.kind !== 'group' || scope.id !== id);
  if (Object.keys(merged).length === 0) return others;
  return [...others, { scope: { kind: 'group', id }, settings: merged }];
}
