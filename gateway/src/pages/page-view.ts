import { HymioError } from '@hymio/protocol';
import type * as z from 'zod';
import type { ServedParts } from '../http/http-parts.js';
import type { LiveEvent } from '../live/live-events.js';
import type { PageContext } from './page-context.js';

/** What a page is made from and how it looks. */
export interface PageViewSpec<Params extends z.ZodType, Query extends z.ZodType, Model> {
  /** As the router wants it: `/terminals/:id`. */
  path: string;
  /** A path that does not fit is a page that does not exist. */
  params: Params;
  /** A page is for people: give every field a `.catch`, so that what cannot be understood is passed over. */
  query: Query;
  /** Reads all that is shown. Errors: HymioError `unknown-…` where there is no such thing. `now`: UTC ms. */
  load(wanted: { params: z.infer<Params>; query: z.infer<Query>; now: number }, parts: ServedParts): Promise<Model>;
  /** The whole document; what changes while it is looked at stands in `LiveRegion`s. */
  render(model: Model, context: PageContext): string;
  /**
   * Tells of an event whether it can have changed what is shown. It is kept as long as somebody looks: it must not hold
   * on to the model, only to what it needs of it.
   */
  concerns(model: Model): (event: LiveEvent) => boolean;
}

/** A page as it is at a moment. */
export interface ShownPage {
  html: string;
  concerns(event: LiveEvent): boolean;
}

/** A page that can be asked for, and that keeps itself up to date where it is looked at. */
export interface PageView {
  path: string;
  /** Errors: HymioError `unknown-route`, and those of reading it. */
  show(asked: { params: unknown; query: unknown }, parts: ServedParts, context: PageContext): Promise<ShownPage>;
}

/** Ties the types of a page together; after it every page looks the same to the router. */
export function pageView<Params extends z.ZodType, Query extends z.ZodType, Model>(
  spec: PageViewSpec<Params, Query, Model>,
): PageView {
  return {
    path: spec.path,
    async show(asked, parts, context) {
      const params = spec.params.safeParse(asked.params);
      const query = spec.query.safeParse(asked.query);
      if (!params.success || !query.success) {
        throw new HymioError('unknown-route', 'There is nothing at this address.', 'Begin at the overview.');
      }
      const model = await spec.load({ params: params.data, query: query.data, now: context.now }, parts);
      return { html: spec.render(model, context), concerns: orAlerts(spec.concerns(model)) };
    },
  };
}

/** Every page says how many alerts are open. In a function of its own, so that it holds on to nothing else. */
function orAlerts(concerns: (event: LiveEvent) => boolean): (event: LiveEvent) => boolean {
  return (event) => event.kind === 'alert' || concerns(event);
}
