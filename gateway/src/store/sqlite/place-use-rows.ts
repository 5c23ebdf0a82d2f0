import { scopeKey } from '../../alerts/scope-key.js';
import type { NamedPlace, PlaceUses } from '../../registry/place-uses.js';
import { readAccounts } from './account-rows.js';
import type { Db } from './database.js';
import { readUsers } from './people-reader.js';
import { REPORT_READS } from './report-reader.js';
import { readTokens } from './token-rows.js';

/** What beside the registry names a group or service point. */
export function placeUses(db: Db, place: NamedPlace): PlaceUses {
  const isIt = (group: string | undefined) => place.kind === 'group' && group === place.id;
  const tokens = readTokens(db).filter(({ revokedAt }) => revokedAt === undefined);
  return {
    users: readUsers(db).filter(({ groups = [] }) => groups.some(isIt)).length,
    programs: [...tokens, ...readAccounts(db)].filter(({ group }) => isIt(group)).length,
    recipients: REPORT_READS.recipients(db).filter(({ subjects }) =>
      subjects.some((subject) => scopeKey(subject) === scopeKey(place)),
    ).length,
  };
}
