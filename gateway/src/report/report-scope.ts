import { HymioError } from '@hymio/protocol';
import { groupsOfServicePoints } from '../aggregates/group-tree.js';
import type { Registry } from '../registry/registry.js';

/** What a report is asked about: at most one of them; neither: the whole organisation. */
export interface ReportSubject {
  servicePoint?: string;
  /** With everything below it. */
  group?: string;
}

/**
 * The service points that a report is about; undefined: all, and terminals that stand nowhere. Groups are taken as they
 * are now. Errors: HymioError `unknown-service-point`, `unknown-group`, `two-scopes`.
 */
export function servicePointsInScope(
  registry: Registry,
  { servicePoint, group }: ReportSubject,
): ReadonlySet<string> | undefined {
  if (servicePoint !== undefined && group !== undefined) {
    throw new HymioError('two-scopes', 'A report is about a service point or a group.', 'Name one of them.');
  }
  if (servicePoint !== undefined) {
    if (!registry.servicePoints.some((point) => point.id === servicePoint)) throw unknownServicePoint(servicePoint);
    return new Set([servicePoint]);
  }
  if (group === undefined) {
    if (registry.isPart === true) throw notTheWhole();
    return undefined;
  }
  if (!registry.groups.some((one) => one.id === group)) throw unknownGroup(group);
  const groups = groupsOfServicePoints(registry);
  return new Set([...groups].flatMap(([point, above]) => (above.includes(group) ? [point] : [])));
}

/** What somebody sees who may see a part is not the organisation, and must not be called so. */
function notTheWhole(): HymioError {
  return new HymioError(
    'unknown-scope',
    'There is no report of the whole organisation for who may see only a part of it.',
    'Name a group or a service point.',
  );
}

export function unknownServicePoint(id: string): HymioError {
  return new HymioError(
    'unknown-service-point',
    `There is no service point ${JSON.stringify(id)}.`,
    'Check the spelling; the overview page and GET /api/v1/service-points list those that exist.',
  );
}

export function unknownGroup(id: string): HymioError {
  return new HymioError(
    'unknown-group',
    `There is no group ${JSON.stringify(id)}.`,
    'Check the spelling; GET /api/v1/service-points lists the groups that exist.',
  );
}
