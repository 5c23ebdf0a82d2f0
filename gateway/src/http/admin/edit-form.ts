import type * as z from 'zod';
import type { FormState } from '../../pages/forms/form-state.js';
import type { PageContext } from '../../pages/page-context.js';
import type { User } from '../../people/user.js';
import type { FormBody } from '../form-body.js';
import { type FormWhere, formRoute } from '../form-route.js';
import type { ServedParts } from '../http-parts.js';
import { tryForm } from './refused-form.js';
import { TypedItem } from './typed-item.js';

/** Who fills in the form, and when: UTC ms. */
interface Actor {
  who: string;
  at: number;
}

export interface EditFormSpec<Params extends z.ZodType, Model> {
  path: string;
  params: Params;
  /** The form's id on its page. */
  id: string;
  /** Names of the fields that faults are told at. */
  fields: readonly string[];
  /** What the page shows; throws `unknown-…` where there is no such thing. */
  load(params: z.infer<Params>, parts: ServedParts, sent: { now: number; body: FormBody }): Promise<Model>;
  /** Takes what was typed; what it returns does it and says where to go on, and what was done, or has a page to show. */
  read(
    typed: TypedItem,
    wanted: {
      params: z.infer<Params>;
      parts: ServedParts;
      body: FormBody;
      context: PageContext;
      model: Model;
      person?: User;
    },
  ): (by: Actor) => Promise<{ to: string; notice?: string } | { html: string }>;
  page(model: Model, context: PageContext, sent: FormState): string;
}

/** A form of the administration: read, done and gone on, or shown again with what is wrong at its field. */
export function editForm<Params extends z.ZodType, Model>(
  { anonymous = false, ...where }: FormWhere & { anonymous?: boolean },
  spec: EditFormSpec<Params, Model>,
): void {
  formRoute(where, {
    path: spec.path,
    params: spec.params,
    async handle({ params, parts, body, context, person }) {
      const at = parts.clock.now();
      const load = () => spec.load(params, parts, { now: at, body });
      const model = await load();
      const typed = new TypedItem(body, context.messages, parts.zone);
      const act = spec.read(typed, { params, parts, body, context, model, ...(person !== undefined && { person }) });
      const who = anonymous ? '' : typed.by();
      const again = async (sent: FormState) => {
        const html = spec.page(await load(), context, sent);
        return { kind: 'again', html } as const;
      };
      if (typed.faults.length > 0) return again(body.again(spec.id, typed.faults));
      const { id, fields } = spec;
      const result = await tryForm({ id, body, messages: context.messages.admin, fields }, () => act({ who, at }));
      if ('refused' in result) return again(result.refused);
      if ('html' in result.done) return { kind: 'shown', ...result.done };
      return { kind: 'redirect', notice: context.messages.forms.saved, ...result.done };
    },
  });
}
