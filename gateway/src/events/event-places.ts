import type { EventPlace } from '@hymio/protocol';
import { groupsOfServicePoints } from '../aggregates/group-tree.js';
import type { Registry } from '../registry/registry.js';

/** Where service points stand in the topics of events. */
export class EventPlaces {
  readonly registry: Registry;
  readonly #groups: ReadonlyMap<string, readonly string[]>;

  constructor(registry: Registry) {
    this.registry = registry;
    this.#groups = groupsOfServicePoints(registry);
  }

  /** Undefined for a terminal that stands nowhere, and for a service point that is no more. */
  of(servicePoint: string | null | undefined): EventPlace | undefined {
    const groups = servicePoint == null ? undefined : this.#groups.get(servicePoint);
    return groups === undefined || servicePoint == null ? undefined : { groups: groups.toReversed(), servicePoint };
  }
}

/** A place as messages have it. */
export function placeOf(place: EventPlace | undefined): { servicePoint: string | null; groups: string[] } {
  return { servicePoint: place?.servicePoint ?? null, groups: [...(place?.groups ?? [])] };
}
