import type { RegistryFault } from './registry-fault.js';
import { faultOf } from './registry-faults.js';

/** A group or service point, as what is beside the registry names it. */
export interface NamedPlace {
  kind: 'group' | 'service-point';
  id: string;
}

/** How many name a group or service point that would name nothing once it is gone, or another that is called so later. */
export interface PlaceUses {
  /** Limited to the group. */
  users: number;
  /** Tokens that hold, and MQTT accounts, for the group alone. */
  programs: number;
  /** Get its weekly report, those that are switched off among them. */
  recipients: number;
}

/** Why it cannot be removed. Numbers and no names: whoever may remove it may not see all of them. */
export function placeUseFaults(place: NamedPlace, { users, programs, recipients }: PlaceUses): RegistryFault[] {
  const { kind, id } = place;
  const fault = (code: RegistryFault['code'], count: number, says: string) =>
    count === 0 ? [] : [faultOf(code, { kind, id }, says, { detail: String(count) })];
  return [
    ...fault('users-limited-to-it', users, `is what users are limited to (${users}): change or remove them first.`),
    ...fault(
      'programs-limited-to-it',
      programs,
      `is what tokens or MQTT accounts are for (${programs}): end them first.`,
    ),
    ...fault('reports-go-out', recipients, `has a report that recipients get (${recipients}): change them first.`),
  ];
}
