import type { Alert } from '../alerts/alert.js';
import type { WeekSpan } from '../calendar/iso-week.js';
import type { Store } from '../store/store.js';

const PAGE = 500;

/** Every alert that was opened in a week, at one service point or anywhere. */
export async function readAlerts(
  { alerts: store }: Pick<Store, 'alerts'>,
  { from, to }: WeekSpan,
  servicePoint: string | undefined,
): Promise<Alert[]> {
  const found: Alert[] = [];
  if (store === undefined) return found;
  const place = servicePoint === undefined ? {} : { servicePoint };
  for (let before: number | undefined; ; ) {
    const older = before === undefined ? {} : { before };
    const page = await store.alerts({ state: 'all', opened: { from, to }, ...place, ...older, limit: PAGE });
    found.push(...page);
    before = page.at(-1)?.id;
    if (page.length < PAGE) return found;
  }
}
