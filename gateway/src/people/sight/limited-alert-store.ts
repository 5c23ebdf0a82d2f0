import type { AlertStore } from '../../alerts/alert-store.js';
import { type SightNow, seesSubject } from './sight.js';

/** So many alerts are read at once until a page is full. */
const PAGE = 500;

/** Alerts of what may be seen. */
export function limitedAlertStore(alerts: Pick<AlertStore, 'alerts'>, sightNow: SightNow): Pick<AlertStore, 'alerts'> {
  return {
    async alerts(query) {
      const sight = await sightNow();
      const seen = [];
      let { before } = query;
      for (;;) {
        const page = await alerts.alerts({ ...query, ...(before === undefined ? {} : { before }), limit: PAGE });
        seen.push(...page.filter(({ subject }) => seesSubject(sight, subject)));
        before = page.at(-1)?.id;
        if (page.length < PAGE || seen.length >= query.limit) return seen.slice(0, query.limit);
      }
    },
  };
}
